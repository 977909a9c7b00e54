using System.Collections.Immutable;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;

namespace Bridge.Evaluation.Summaries;

/// <summary>What an evaluation of one tool caller came to.</summary>
/// <param name="Caller">The caller.</param>
/// <param name="Records">How many records there are.</param>
/// <param name="Answers">Those that were answered, with what was wrong.</param>
public sealed record EvalSummary(string Caller, int Records, ImmutableArray<ScoredAnswer> Answers)
{
    /// <summary>The scores by category.</summary>
    public required ImmutableArray<CategoryScore> Categories { get; init; }

    /// <summary>The score of all records.</summary>
    public required CategoryScore All { get; init; }

    /// <summary>Of the answers, those that were scored by the choice of tools alone, because what is right names no arguments.</summary>
    public int ByToolChoice => Answers.Count(answer => answer.Record.IsToolChoice);

    /// <summary>How well the caller knows when to call nothing.</summary>
    public required NoCallScore NoCall { get; init; }

    /// <summary>How often the caller was asked.</summary>
    public required AttemptScore Attempts { get; init; }

    /// <summary>What its confidence is worth; <see langword="null"/> when it says none.</summary>
    public required Calibration? Calibration { get; init; }

    /// <summary>How long answers took; <see langword="null"/> when unknown.</summary>
    public required Latency? Latency { get; init; }

    /// <summary>The tokens it took; <see langword="null"/> when the caller counts none.</summary>
    public required TokenUse? Tokens { get; init; }

    /// <summary>Sums predictions up.</summary>
    /// <param name="caller">The caller.</param>
    /// <param name="records">How many records there are.</param>
    /// <param name="answers">The records that were answered, with the predictions.</param>
    /// <returns>The summary.</returns>
    public static EvalSummary Of(string caller, int records, IEnumerable<(EvalRecord Record, Prediction Prediction)> answers)
    {
        ImmutableArray<ScoredAnswer> scored =
            [.. answers.Select(answer => new ScoredAnswer(answer.Record, answer.Prediction, CallRules.Mistake(answer.Record, answer.Prediction)))];
        return new EvalSummary(caller, records, scored)
        {
            Categories = CategoryScore.ByCategory(scored),
            All = CategoryScore.Of("all", scored),
            NoCall = NoCallScore.Of(scored),
            Attempts = AttemptScore.Of(scored),
            Calibration = Calibration.Of(scored
                .Where(answer => answer.Prediction.Confidence is not null)
                .Select(answer => (answer.Prediction.Confidence!.Value, answer.IsRight))),
            Latency = Latency.Of(scored.Select(answer => answer.Prediction.Milliseconds).OfType<double>()),
            Tokens = TokenUse.Of(scored),
        };
    }
}

/// <summary>A record, what was proposed for it, and what is wrong with that.</summary>
/// <param name="Record">The record.</param>
/// <param name="Prediction">What was proposed.</param>
/// <param name="Mistake">What is wrong; <see langword="null"/> when it is right.</param>
public sealed record ScoredAnswer(EvalRecord Record, Prediction Prediction, string? Mistake)
{
    /// <summary>Whether it is right.</summary>
    public bool IsRight => Mistake is null;

    /// <summary>Whether anything usable was called.</summary>
    public bool Called => Prediction is { Invalid: false, Calls.IsEmpty: false };
}
