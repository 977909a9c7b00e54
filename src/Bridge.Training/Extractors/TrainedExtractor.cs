using System.Collections.Immutable;
using Bridge.Training.Fitting;
using Bridge.Weights;

namespace Bridge.Training.Extractors;

/// <summary>What the embedded tool caller learned, ready to be written.</summary>
/// <param name="Options">Which value a slot takes.</param>
/// <param name="Tools">Which tool a text asks for.</param>
/// <param name="Parts">Which tool a part of a text asks for.</param>
/// <param name="Several">Whether a text asks for several calls.</param>
/// <param name="Rarity">The table of <see cref="Weights.Rarity"/>.</param>
internal sealed record TrainedExtractor(TrainableModel Options, TrainableModel Tools, TrainableModel Parts, TrainableModel Several, byte[] Rarity)
{
    /// <summary>What answers are worth, by their signs; empty where that was not learned.</summary>
    public ImmutableArray<float> Confidence { get; init; } = [];

    /// <summary>The weights as the caller reads them from a file.</summary>
    public ExtractorWeights ToWeights()
    {
        using var stream = new MemoryStream();
        Write(stream);
        stream.Position = 0;
        return ExtractorWeights.Read(stream);
    }

    /// <summary>Writes the weights.</summary>
    /// <param name="stream">Receives them.</param>
    public void Write(Stream stream) =>
        ExtractorWeights.Write(stream, [Options.Quantize(), Tools.Quantize(), Parts.Quantize(), Several.Quantize()], Rarity, Confidence);
}
