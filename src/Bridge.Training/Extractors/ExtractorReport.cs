using System.Collections.Immutable;
using Bridge.Evaluation.Calibrating;
using Bridge.Evaluation.Summaries;

namespace Bridge.Training.Extractors;

/// <summary>How well trained weights do, by the published rules of the Berkeley Function Calling Leaderboard.</summary>
/// <param name="Training">On the records they were trained on.</param>
/// <param name="Validated">By cross-validation: every record is answered by weights that were trained without it; empty when it was not asked for.</param>
public sealed record ExtractorReport(ImmutableArray<ExtractorScore> Training, ImmutableArray<ExtractorScore> Validated)
{
    /// <summary>The weights that ship, on the user's own records; empty where there are none.</summary>
    public ImmutableArray<ExtractorScore> Shipped { get; init; } = [];

    /// <summary>What the confidence is worth on records never seen, by answers and by the scale of confidence alike; <see langword="null"/> without cross-validation.</summary>
    public Calibration? Calibration { get; init; }

    /// <summary>Thresholds learnt from those answers; <see langword="null"/> without cross-validation.</summary>
    public CallerAdvice? Advice { get; init; }
}
