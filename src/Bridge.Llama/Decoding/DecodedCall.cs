namespace Bridge.Llama.Decoding;

/// <summary>A call as it was written.</summary>
/// <param name="Number">Which call of the answer it is, from 0.</param>
/// <param name="Body">The text of the body, UTF-8.</param>
/// <param name="Choices">Where the model chose, and how likely its choice was.</param>
/// <param name="IsCutOff">Whether the limit of tokens ended it: then it is whole and valid, but not what the model meant.</param>
internal sealed record DecodedCall(int Number, ReadOnlyMemory<byte> Body, IReadOnlyList<DecodedChoice> Choices, bool IsCutOff)
{
    /// <summary>How likely the choices within a part of the body are together, 0 to 1.</summary>
    public double Confidence(int start, int end) =>
        Math.Exp(Choices.Where(choice => choice.Start < end && choice.End > start).Sum(choice => choice.LogProbability));
}

/// <summary>A choice of the model.</summary>
/// <param name="Start">The first byte of the body that it wrote.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="LogProbability">How likely it was among what was allowed, as a natural logarithm.</param>
internal readonly record struct DecodedChoice(int Start, int End, double LogProbability);
