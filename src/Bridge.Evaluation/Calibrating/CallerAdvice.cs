using System.Collections.Immutable;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;

namespace Bridge.Evaluation.Calibrating;

/// <summary>How a caller had better be treated, learnt from answers.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Answers">From how many answers.</param>
public sealed record CallerAdvice(string Caller, int Answers)
{
    private const double MostOfThem = 0.99;

    /// <summary>What a wrong call of a tool that may change something costs, where nothing else is said: four right answers.</summary>
    public const double UsualCost = 4;

    /// <summary>The share of right answers, 0 to 1, with the threshold where one was learnt.</summary>
    public double Accuracy { get; init; }

    /// <summary>The threshold for the most right answers; <see langword="null"/> when the caller says no confidence.</summary>
    public ThresholdAdvice? Threshold { get; init; }

    /// <summary>The threshold for tools that may change something, never below the other.</summary>
    public ThresholdAdvice? SideEffectThreshold { get; init; }

    /// <summary>Attempts after which 99 of 100 answers that became valid were; <see langword="null"/> when none is known.</summary>
    public int? Attempts { get; init; }

    /// <summary>The temperatures of those attempts; empty when they are not known.</summary>
    public ImmutableArray<double> Temperatures { get; init; } = [];

    /// <summary>Half of the answers took no longer, in milliseconds; <see langword="null"/> when unknown.</summary>
    public double? Milliseconds { get; init; }

    /// <summary>Learns from answers.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="answers">Records, and predictions that were made without thresholds.</param>
    /// <param name="cost">What a wrong call of a tool that may change something costs, in right answers.</param>
    /// <returns>The advice.</returns>
    public static CallerAdvice Learn(string caller, IReadOnlyCollection<(EvalRecord Record, Prediction Prediction)> answers, double cost = UsualCost)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ThresholdAdvice? threshold = ThresholdAdvice.Learn(answers, ThresholdAdvice.NoCost);
        ThresholdAdvice? higher = ThresholdAdvice.Learn(answers, cost);
        int? attempts = AttemptsOf(answers);
        return new CallerAdvice(caller, answers.Count)
        {
            Accuracy = (threshold?.With ?? ThresholdAdvice.EffectOf(answers, 0)).Right / (double)Math.Max(1, answers.Count),
            Threshold = threshold,
            SideEffectThreshold = higher?.Threshold < threshold?.Threshold ? threshold : higher,
            Attempts = attempts,
            Temperatures = TemperaturesOf(answers, attempts ?? 0),
            Milliseconds = Summaries.Latency.Of(answers.Select(answer => answer.Prediction.Milliseconds).OfType<double>())?.P50,
        };
    }

    private static int? AttemptsOf(IEnumerable<(EvalRecord Record, Prediction Prediction)> answers)
    {
        int[] needed =
        [
            .. answers.Select(answer => answer.Prediction.Attempts)
                .Where(attempts => !attempts.IsEmpty && attempts[^1].Result is "valid" or "no_call")
                .Select(attempts => attempts.Length).Order(),
        ];
        return needed.Length == 0 ? null : needed[Math.Max(0, (int)Math.Ceiling(MostOfThem * needed.Length) - 1)];
    }

    // The ladder that was measured, as far as it is needed; where it ends in repetitions, once.
    private static ImmutableArray<double> TemperaturesOf(IEnumerable<(EvalRecord Record, Prediction Prediction)> answers, int attempts)
    {
        PredictedAttempt[] longest = [.. answers.Select(answer => answer.Prediction.Attempts).MaxBy(made => made.Length) is { IsDefault: false } most ? most.Take(attempts) : []];
        if (longest.Length == 0 || longest.Any(attempt => attempt.Temperature is null))
        {
            return [];
        }

        List<double> ladder = [.. longest.Select(attempt => attempt.Temperature!.Value)];
        while (ladder.Count > 1 && ladder[^1].Equals(ladder[^2]))
        {
            ladder.RemoveAt(ladder.Count - 1);
        }

        return [.. ladder];
    }
}
