using System.Collections.Immutable;
using Bridge.Shortlisting;

namespace Bridge.Training.Ranking;

/// <summary>Fits a linear ranker: each relevant tool is to beat the irrelevant ones of its query, by the part that speaks most for it.</summary>
/// <remarks>The loss is the softmax of one relevant against all irrelevant tools; Adam with a falling rate and weight decay. The same data gives the same weights.</remarks>
internal sealed class LinearFit
{
    private const int Epochs = 15;
    private const int Batch = 8;
    private const float Rate = 0.02f;
    private const float Decay = 0.02f;
    private const float FirstMoment = 0.9f;
    private const float SecondMoment = 0.999f;
    private const int Seed = 1;

    private readonly float[] _weights = new float[RankFeatures.Count];
    private readonly float[] _gradient = new float[RankFeatures.Count];
    private readonly float[] _first = new float[RankFeatures.Count];
    private readonly float[] _second = new float[RankFeatures.Count];
    private int _steps;

    /// <summary>Fits a ranker.</summary>
    /// <param name="samples">What it learns from.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public static RankModel Fit(IReadOnlyList<RankerSample> samples, CancellationToken cancellationToken)
    {
        RankModel unweighted = Standardize(samples);
        Fitted[][] fitted =
        [
            .. samples.Where(sample => sample.Tools.Any(tool => tool.IsRelevant) && sample.Tools.Any(tool => !tool.IsRelevant))
                .Select(sample => sample.Tools.Select(tool => new Fitted(tool.IsRelevant, [.. tool.Rows.Select(row => Normalize(unweighted, row))])).ToArray()),
        ];
        var fit = new LinearFit();
        var random = new Random(Seed);
        for (int epoch = 0; epoch < Epochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            random.Shuffle(fitted);
            fit.RunEpoch(fitted, Rate * (1.02f - ((float)epoch / Epochs)));
        }

        return new RankModel([.. unweighted.Weights.Select((weight, i) => weight with { Weight = fit._weights[i] })]);
    }

    private static RankModel Standardize(IReadOnlyList<RankerSample> samples)
    {
        double[] sums = new double[RankFeatures.Count];
        double[] squares = new double[RankFeatures.Count];
        long count = 0;
        foreach (float[] row in samples.SelectMany(sample => sample.Tools).SelectMany(tool => tool.Rows))
        {
            count++;
            for (int i = 0; i < row.Length; i++)
            {
                sums[i] += row[i];
                squares[i] += (double)row[i] * row[i];
            }
        }

        ImmutableArray<RankWeight> weights = [.. RankFeatures.Names.Select((name, i) =>
        {
            double mean = sums[i] / Math.Max(1, count);
            double spread = Math.Sqrt(Math.Max(1e-6, (squares[i] / Math.Max(1, count)) - (mean * mean)));
            return new RankWeight(name, (float)mean, (float)spread, 0);
        })];
        return new RankModel(weights);
    }

    private static float[] Normalize(RankModel model, float[] row) => [.. row.Select((value, i) => model.Normalize(i, value))];

    private void RunEpoch(Fitted[][] samples, float rate)
    {
        for (int i = 0; i < samples.Length; i++)
        {
            AddGradient(samples[i]);
            if ((i + 1) % Batch == 0 || i + 1 == samples.Length)
            {
                Step(rate);
            }
        }
    }

    private void AddGradient(Fitted[] tools)
    {
        float[] scores = new float[tools.Length];
        float[][] rows = new float[tools.Length][];
        for (int i = 0; i < tools.Length; i++)
        {
            (scores[i], rows[i]) = tools[i].Rows.Select(row => (Score(row), row)).MaxBy(scored => scored.Item1);
        }

        float highest = scores.Max();
        double[] odds = [.. scores.Select(score => Math.Exp(score - highest))];
        double irrelevant = tools.Select((tool, i) => tool.IsRelevant ? 0 : odds[i]).Sum();
        int relevant = tools.Count(tool => tool.IsRelevant);
        for (int i = 0; i < tools.Length; i++)
        {
            double slope = tools[i].IsRelevant
                ? (odds[i] / (odds[i] + irrelevant)) - 1
                : tools.Select((tool, k) => tool.IsRelevant ? odds[i] / (odds[k] + irrelevant) : 0).Sum();
            for (int feature = 0; feature < _gradient.Length; feature++)
            {
                _gradient[feature] += (float)(slope / relevant / Batch) * rows[i][feature];
            }
        }
    }

    private float Score(float[] row)
    {
        float sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            sum += _weights[i] * row[i];
        }

        return sum;
    }

    private void Step(float rate)
    {
        _steps++;
        float firstShare = 1 - MathF.Pow(FirstMoment, _steps);
        float secondShare = 1 - MathF.Pow(SecondMoment, _steps);
        for (int i = 0; i < _weights.Length; i++)
        {
            _first[i] = (FirstMoment * _first[i]) + ((1 - FirstMoment) * _gradient[i]);
            _second[i] = (SecondMoment * _second[i]) + ((1 - SecondMoment) * _gradient[i] * _gradient[i]);
            _weights[i] -= rate * ((_first[i] / firstShare / (MathF.Sqrt(_second[i] / secondShare) + 1e-8f)) + (Decay * _weights[i]));
            _gradient[i] = 0;
        }
    }

    private sealed record Fitted(bool IsRelevant, float[][] Rows);
}
