using System.Collections.Immutable;

namespace Bridge.Evaluation.Summaries;

/// <summary>What a caller's confidence is worth: how often it is right when it says how sure it is.</summary>
/// <param name="Bins">Answers by confidence, in ten equal steps; steps without answers are left out.</param>
/// <param name="ExpectedError">The expected calibration error, 0 to 1: the mean distance between confidence and share of right answers, weighted by answers.</param>
/// <param name="Brier">The Brier score, 0 to 1: the mean squared distance between confidence and what came true. Less is better.</param>
public sealed record Calibration(ImmutableArray<CalibrationBin> Bins, double ExpectedError, double Brier)
{
    private const int Steps = 10;

    /// <summary>Sums answers up.</summary>
    /// <param name="answers">The confidence of each and whether it was right.</param>
    /// <returns>The calibration; <see langword="null"/> without answers.</returns>
    public static Calibration? Of(IEnumerable<(double Confidence, bool Right)> answers)
    {
        (double Confidence, bool Right)[] all = [.. answers];
        if (all.Length == 0)
        {
            return null;
        }

        ImmutableArray<CalibrationBin> bins =
        [
            .. all.GroupBy(answer => Math.Clamp((int)(answer.Confidence * Steps), 0, Steps - 1))
                .OrderBy(group => group.Key)
                .Select(group => new CalibrationBin(
                    group.Key / (double)Steps,
                    (group.Key + 1) / (double)Steps,
                    group.Count(),
                    group.Average(answer => answer.Confidence),
                    group.Count(answer => answer.Right) / (double)group.Count())),
        ];
        return new Calibration(
            bins,
            bins.Sum(bin => bin.Count * Math.Abs(bin.Confidence - bin.Accuracy)) / all.Length,
            all.Average(answer => Math.Pow(answer.Confidence - (answer.Right ? 1 : 0), 2)));
    }
}

/// <summary>The answers of one step of confidence.</summary>
/// <param name="From">Where it begins.</param>
/// <param name="To">Where it ends; the last holds its end too.</param>
/// <param name="Count">How many answers.</param>
/// <param name="Confidence">Their mean confidence.</param>
/// <param name="Accuracy">The share that was right.</param>
public sealed record CalibrationBin(double From, double To, int Count, double Confidence, double Accuracy);
