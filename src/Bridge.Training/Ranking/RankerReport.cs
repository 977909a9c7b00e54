using System.Collections.Immutable;

namespace Bridge.Training.Ranking;

/// <summary>How well a trained ranker finds tools.</summary>
/// <param name="Sets">The sets it learned from.</param>
public sealed record RankerReport(ImmutableArray<RankerReport.SetReport> Sets)
{
    /// <summary>One set.</summary>
    /// <param name="Name">The set.</param>
    /// <param name="Tools">How many tools it has.</param>
    /// <param name="Trained">On the queries that were learned from.</param>
    /// <param name="CrossValidated">On queries held out, with all queries for their tools.</param>
    public sealed record SetReport(string Name, int Tools, ImmutableArray<RankerRecall> Trained, ImmutableArray<RankerRecall> CrossValidated);
}
