using System.Collections.Immutable;
using Bridge.Embedded;
using Bridge.Evaluation.Summaries;

namespace Bridge.Training.Extractors;

/// <summary>Learns what answers are worth, from answers to records that the models did not learn from (logistic regression).</summary>
internal static class ConfidenceFit
{
    private const int Rounds = 20;
    private const double Decay = 0.5;

    /// <summary>Learns.</summary>
    /// <param name="answers">The answers, as the models gave them.</param>
    /// <returns>The weights of <see cref="ConfidenceScale.Signs"/>.</returns>
    public static ImmutableArray<float> Fit(IReadOnlyCollection<ExtractorAnswer> answers)
    {
        (double[] Signs, bool Right)[] examples = [.. answers.Select(answer => (ConfidenceScale.Signs(answer.Proposal), answer.IsRight))];
        double[] weights = new double[ConfidenceScale.Count];
        for (int round = 0; round < Rounds; round++)
        {
            Step(examples, weights);
        }

        return [.. weights.Select(weight => (float)weight)];
    }

    /// <summary>How honest the confidence is where it was not learned: each part of the answers is measured by what the others taught.</summary>
    /// <param name="answers">The answers, as the models gave them.</param>
    public static ImmutableArray<ExtractorAnswer> Held(IReadOnlyCollection<ExtractorAnswer> answers) =>
    [
        .. answers.GroupBy(answer => answer.Fold).SelectMany(part => Apply(Fit([.. answers.Where(answer => answer.Fold != part.Key)]), part)),
    ];

    /// <summary>Gives answers the confidence that they deserve.</summary>
    /// <param name="weights">The weights of <see cref="ConfidenceScale.Signs"/>.</param>
    /// <param name="answers">The answers, as the models gave them.</param>
    public static ImmutableArray<ExtractorAnswer> Apply(ImmutableArray<float> weights, IEnumerable<ExtractorAnswer> answers)
    {
        var scale = new ConfidenceScale(weights);
        return [.. answers.Select(answer => answer with { Proposal = scale.Apply(answer.Proposal) })];
    }

    /// <summary>Sums up what the confidence of answers is worth.</summary>
    public static Calibration? Measure(IEnumerable<ExtractorAnswer> answers) =>
        Calibration.Of(answers.Select(answer => (answer.Proposal.Confidence ?? 0, answer.IsRight)));

    // Newton's method: the loss is convex, and there are few weights.
    private static void Step((double[] Signs, bool Right)[] examples, double[] weights)
    {
        int count = weights.Length;
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => new double[count + 1])];
        for (int i = 0; i < count; i++)
        {
            rows[i][i] = Decay;
            rows[i][count] = -Decay * weights[i];
        }

        foreach ((double[] signs, bool right) in examples)
        {
            double share = 1 / (1 + Math.Exp(-signs.Zip(weights, (sign, weight) => sign * weight).Sum()));
            for (int i = 0; i < count; i++)
            {
                rows[i][count] += ((right ? 1 : 0) - share) * signs[i];
                for (int j = 0; j < count; j++)
                {
                    rows[i][j] += share * (1 - share) * signs[i] * signs[j];
                }
            }
        }

        double[] step = Solve(rows);
        for (int i = 0; i < count; i++)
        {
            weights[i] += step[i];
        }
    }

    // Gauss and Jordan; the matrix is positive definite, so no row need be exchanged.
    private static double[] Solve(double[][] rows)
    {
        int count = rows.Length;
        for (int i = 0; i < count; i++)
        {
            for (int other = 0; other < count; other++)
            {
                double factor = other == i ? 0 : rows[other][i] / rows[i][i];
                for (int j = i; j <= count && factor != 0; j++)
                {
                    rows[other][j] -= factor * rows[i][j];
                }
            }
        }

        return [.. rows.Select((row, i) => row[count] / row[i])];
    }
}
