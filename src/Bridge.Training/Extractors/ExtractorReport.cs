using System.Collections.Immutable;

namespace Bridge.Training.Extractors;

/// <summary>How well trained weights do, by the published rules of the Berkeley Function Calling Leaderboard.</summary>
/// <param name="Training">On the records they were trained on.</param>
/// <param name="Validated">By cross-validation: every record is answered by weights that were trained without it; empty when it was not asked for.</param>
public sealed record ExtractorReport(ImmutableArray<ExtractorScore> Training, ImmutableArray<ExtractorScore> Validated)
{
    /// <summary>The weights that ship, on the user's own records; empty where there are none.</summary>
    public ImmutableArray<ExtractorScore> Shipped { get; init; } = [];
}
