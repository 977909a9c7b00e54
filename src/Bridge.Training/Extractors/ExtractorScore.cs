using System.Collections.Immutable;

namespace Bridge.Training.Extractors;

/// <summary>How many records of a category are answered right.</summary>
/// <param name="Category">The category.</param>
/// <param name="Right">How many are right.</param>
/// <param name="All">How many there are.</param>
public sealed record ExtractorScore(string Category, int Right, int All)
{
    /// <summary>Adds answers up by category.</summary>
    internal static ImmutableArray<ExtractorScore> Sum(IEnumerable<ExtractorAnswer> answers) =>
    [
        .. answers.GroupBy(answer => answer.Record.Category).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new ExtractorScore(group.Key, group.Count(answer => answer.IsRight), group.Count())),
    ];
}
