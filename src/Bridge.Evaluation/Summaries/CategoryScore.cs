using System.Collections.Immutable;

namespace Bridge.Evaluation.Summaries;

/// <summary>How many records of a category were answered right.</summary>
/// <param name="Category">The category.</param>
/// <param name="Right">The records that were.</param>
/// <param name="Total">The records that were asked.</param>
/// <param name="Mistakes">What was wrong with the others, and how often, the most frequent first.</param>
public sealed record CategoryScore(string Category, int Right, int Total, ImmutableArray<KeyValuePair<string, int>> Mistakes)
{
    /// <summary>The share that was right, 0 to 1.</summary>
    public double Accuracy => Total == 0 ? 0 : Right / (double)Total;

    /// <summary>The scores of each category.</summary>
    /// <param name="answers">The answers.</param>
    /// <returns>The categories, by name.</returns>
    internal static ImmutableArray<CategoryScore> ByCategory(IEnumerable<ScoredAnswer> answers) =>
    [
        .. answers.GroupBy(answer => answer.Record.Category, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Of(group.Key, [.. group])),
    ];

    internal static CategoryScore Of(string category, IReadOnlyCollection<ScoredAnswer> answers) => new(
        category,
        answers.Count(answer => answer.IsRight),
        answers.Count,
        [
            .. answers.Select(answer => answer.Mistake).OfType<string>().CountBy(mistake => mistake.Split(':', ' ')[0])
                .OrderByDescending(mistake => mistake.Value).ThenBy(mistake => mistake.Key, StringComparer.Ordinal),
        ]);
}
