using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Weights;

namespace Bridge.Embedded;

/// <summary>Turns what the models say of an answer into how probable it is that the answer is right (Platt scaling). Immutable.</summary>
/// <param name="weights">The weights of <see cref="Signs"/>; none to leave answers as they are.</param>
internal sealed class ConfidenceScale(ImmutableArray<float> weights)
{
    /// <summary>How many signs there are.</summary>
    public const int Count = ExtractorWeights.SignCount;

    private const double Least = 1e-4;

    /// <summary>Gives an answer and its calls the confidence that they deserve.</summary>
    /// <param name="proposal">The answer as the models give it.</param>
    public Proposal Apply(Proposal proposal) => weights.IsEmpty ? proposal : proposal with
    {
        Confidence = Share(Signs(proposal)),
        Calls = [.. proposal.Calls.Select(call => call with { Confidence = Share(Signs(proposal with { Calls = [call] })) })],
    };

    /// <summary>What speaks for an answer: of calls the tools' and the arguments' probabilities, of none that of none, and whether something required was missing.</summary>
    /// <param name="proposal">The answer as the models give it.</param>
    /// <returns>The signs, <see cref="Count"/> of them.</returns>
    public static double[] Signs(Proposal proposal)
    {
        double[] signs = new double[Count];
        if (proposal.Calls.IsEmpty)
        {
            double none = Math.Clamp(proposal.Confidence ?? 0.5, Least, 1 - Least);
            bool isBlocked = proposal.Confidence >= 1;
            signs[5] = isBlocked ? 0 : 1;
            signs[6] = isBlocked ? 0 : Math.Log(none / (1 - none));
            signs[7] = isBlocked ? 1 : 0;
            return signs;
        }

        double[] arguments = [.. proposal.Calls.SelectMany(call => call.ArgumentConfidence.Values).Select(Log).Order()];
        signs[0] = 1;
        signs[1] = proposal.Calls.Min(call => Log(call.Confidence ?? 1));
        signs[2] = arguments.Sum();
        signs[3] = arguments.Length > 0 ? arguments[0] : 0;
        signs[4] = proposal.Calls.Length - 1;
        return signs;
    }

    private double Share(double[] signs)
    {
        double sum = 0;
        for (int i = 0; i < Count; i++)
        {
            sum += weights[i] * signs[i];
        }

        return 1 / (1 + Math.Exp(-sum));
    }

    private static double Log(double share) => Math.Log(Math.Max(share, Least));
}
