using System.Collections.Immutable;

namespace Bridge.Training.Ranking;

/// <summary>How many of the relevant tools stand among the first: the mean over queries of the share found.</summary>
/// <param name="Kind">The kind of queries; <c>all</c> of a set.</param>
/// <param name="Queries">How many queries there are.</param>
/// <param name="At1">Among the first one.</param>
/// <param name="At5">Among the first five.</param>
/// <param name="At10">Among the first ten.</param>
public sealed record RankerRecall(string Kind, int Queries, double At1, double At5, double At10)
{
    /// <summary>Measures rankings, kind by kind and all.</summary>
    /// <param name="ranked">The queries, each with the places of its tools, best first.</param>
    /// <returns>The table.</returns>
    public static ImmutableArray<RankerRecall> Measure(IReadOnlyCollection<(RankerQuery Query, int[] Ranked)> ranked)
    {
        ImmutableArray<RankerRecall> kinds = [.. ranked.GroupBy(query => query.Query.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => Measure(kind.Key, [.. kind]))];
        return kinds.Length > 1 ? kinds.Add(Measure("all", ranked)) : kinds;
    }

    private static RankerRecall Measure(string kind, IReadOnlyCollection<(RankerQuery Query, int[] Ranked)> ranked)
    {
        return new RankerRecall(kind, ranked.Count, At(1), At(5), At(10));

        double At(int count) => ranked.Average(query => query.Ranked.Take(count).Count(place => query.Query.Relevant.Contains(place)) / (double)query.Query.Relevant.Length);
    }
}
