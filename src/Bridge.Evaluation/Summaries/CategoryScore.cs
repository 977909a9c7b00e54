using System.Collections.Immutable;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Scoring;

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

    /// <summary>Scores predictions.</summary>
    /// <param name="answers">The records and what was proposed for them.</param>
    /// <returns>The categories, by name.</returns>
    public static ImmutableArray<CategoryScore> Of(IEnumerable<(EvalRecord Record, Prediction Prediction)> answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return
        [
            .. answers
                .Select(answer => (answer.Record.Category, Mistake: CallRules.Mistake(answer.Record, answer.Prediction)))
                .GroupBy(answer => answer.Category, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => new CategoryScore(
                    group.Key,
                    group.Count(answer => answer.Mistake is null),
                    group.Count(),
                    [
                        .. group.Select(answer => answer.Mistake).OfType<string>().CountBy(mistake => mistake.Split(':', ' ')[0])
                            .OrderByDescending(mistake => mistake.Value).ThenBy(mistake => mistake.Key, StringComparer.Ordinal),
                    ])),
        ];
    }
}
