using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;

namespace Bridge.Evaluation.Calibrating;

/// <summary>The confidence below which calls of a caller had better not count, learnt from answers.</summary>
/// <param name="Threshold">The threshold, 0 to 1, with three digits.</param>
/// <param name="Without">What answers came to without it.</param>
/// <param name="With">What they come to with it.</param>
public sealed record ThresholdAdvice(double Threshold, ThresholdEffect Without, ThresholdEffect With)
{
    /// <summary>The cost of a wrong call, in right answers, for tools that change nothing: none, so that the share of right answers is what counts.</summary>
    public const double NoCost = 0;

    private const double Step = 1000;

    /// <summary>Finds the threshold for which right answers, less the cost of wrong calls, are the most; of equal ones the lowest.</summary>
    /// <param name="answers">Records, and predictions that were made without thresholds.</param>
    /// <param name="cost">What a wrong call costs, in right answers.</param>
    /// <returns>The advice; <see langword="null"/> when no call has a confidence.</returns>
    public static ThresholdAdvice? Learn(IReadOnlyCollection<(EvalRecord Record, Prediction Prediction)> answers, double cost)
    {
        ArgumentNullException.ThrowIfNull(answers);
        double[] candidates =
        [
            .. answers.SelectMany(answer => answer.Prediction.Calls).Select(call => call.Confidence).OfType<double>()
                .SelectMany(confidence => (double[])[Down(confidence), Math.Min(1, Down(confidence) + (1 / Step))]).Append(0).Distinct().Order(),
        ];
        if (candidates.Length == 1)
        {
            return null;
        }

        ThresholdEffect[] effects = [.. EffectsOf(answers, candidates)];
        int best = 0;
        for (int i = 1; i < effects.Length; i++)
        {
            best = effects[i].Worth(cost) > effects[best].Worth(cost) ? i : best;
        }

        return new ThresholdAdvice(Math.Round(candidates[best], 3), effects[0], effects[best]);
    }

    /// <summary>What answers come to under a threshold.</summary>
    /// <param name="answers">Records, and predictions that were made without thresholds.</param>
    /// <param name="threshold">The threshold.</param>
    /// <returns>The effect.</returns>
    public static ThresholdEffect EffectOf(IReadOnlyCollection<(EvalRecord Record, Prediction Prediction)> answers, double threshold) =>
        EffectsOf(answers, [threshold]).Single();

    // An answer changes only where one of its own calls falls away: between those, its part is the same for every candidate.
    private static IEnumerable<ThresholdEffect> EffectsOf(IReadOnlyCollection<(EvalRecord Record, Prediction Prediction)> answers, double[] candidates)
    {
        int[] right = new int[candidates.Length + 1];
        int[] wrong = new int[candidates.Length + 1];
        foreach ((EvalRecord record, Prediction prediction) in answers)
        {
            int from = 0;
            foreach (double? confidence in prediction.Calls.Select(call => call.Confidence).OfType<double>().Distinct().Order().Select(value => (double?)value).Append(null))
            {
                int to = confidence is { } most ? UpTo(candidates, most) : candidates.Length;
                if (to > from)
                {
                    Add(record, Above(prediction, candidates[from]), from, to);
                    from = to;
                }
            }
        }

        for (int i = 0, rights = 0, wrongs = 0; i < candidates.Length; i++)
        {
            rights += right[i];
            wrongs += wrong[i];
            yield return new ThresholdEffect(answers.Count, rights, wrongs);
        }

        void Add(EvalRecord record, Prediction kept, int from, int to)
        {
            int[]? counts = CallRules.Mistake(record, kept) is null ? right : kept is { Invalid: false, Calls.IsEmpty: false } ? wrong : null;
            if (counts is not null)
            {
                counts[from]++;
                counts[to]--;
            }
        }
    }

    private static Prediction Above(Prediction prediction, double threshold) =>
        prediction with { Calls = [.. prediction.Calls.Where(call => call.Confidence is not { } confidence || confidence >= threshold)] };

    // How many candidates are no more than a value.
    private static int UpTo(double[] candidates, double value)
    {
        int found = Array.BinarySearch(candidates, value);
        return found >= 0 ? found + 1 : ~found;
    }

    private static double Down(double confidence) => Math.Floor(confidence * Step) / Step;
}

/// <summary>What answers come to.</summary>
/// <param name="Answers">How many there are.</param>
/// <param name="Right">How many are right.</param>
/// <param name="WrongCalls">How many have calls and are wrong.</param>
public sealed record ThresholdEffect(int Answers, int Right, int WrongCalls)
{
    /// <summary>Right answers, less the cost of wrong calls.</summary>
    /// <param name="cost">What a wrong call costs, in right answers.</param>
    /// <returns>The worth; it can be negative.</returns>
    public double Worth(double cost) => Right - (cost * WrongCalls);
}
