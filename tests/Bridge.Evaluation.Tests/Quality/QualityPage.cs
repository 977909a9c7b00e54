using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Bridge.Evaluation.Summaries;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Quality;

/// <summary><c>docs/quality.md</c>: written by a run over the public records.</summary>
internal static partial class QualityPage
{
    private const string Intro = """
        # Quality

        How well the caller that ships with Bridge chooses tools, measured by `bridge eval` ([evaluation](evaluation.md)) on a part of the Berkeley Function Calling Leaderboard: percent of records that are right by its published rules. Beside it stand the scores that the makers of two small models published for the same categories; Bridge did not run those.

        Ours was made with, and where it learns was trained on, part of the same benchmark; the published ones were not: theirs are scores of records they had not seen, ours are in part of records that were seen. Theirs are also of the whole benchmark, ours of the part that the tests have.

        The page is written by the test `QualityPageTests` with `BRIDGE_WRITE_DOCS=1` in its environment; without, the test holds that no score here is more than a run shows.

        """;

    private static readonly Dictionary<string, (double? FunctionGemma, double? Hammer)> s_published = new()
    {
        ["simple_python"] = (61.6, 83.3),
        ["multiple"] = (63.5, 81),
        ["parallel"] = (39, null),
        ["parallel_multiple"] = (29.5, null),
        ["irrelevance"] = (73.7, 85),
        ["live_simple"] = (36.2, null),
        ["live_multiple"] = (25.7, null),
        ["live_parallel"] = (22.9, null),
        ["live_parallel_multiple"] = (20.8, null),
        ["live_relevance"] = (61.1, null),
    };

    public static string Path { get; } = System.IO.Path.Combine(TestData.RepositoryRoot, "docs", "quality.md");

    /// <summary>Writes the page.</summary>
    /// <param name="scores">The scores of a run over all records.</param>
    /// <param name="folds">Scores of records that each were left out of training, by the training program; <see langword="null"/> for none.</param>
    public static string Write(ImmutableArray<CategoryScore> scores, JsonElement? folds)
    {
        var page = new StringBuilder(Intro).Append("\n## The caller as it ships\n\n").Append(Table([.. scores.Select(score => (score.Category, score.Right, score.Total))]));
        if (folds is { } left)
        {
            page.Append("\n## Records that were left out of training\n\n")
                .Append("Cross-validated: every record is scored by a caller that was trained without it, and without those like it.\n\n")
                .Append(Table([.. left.GetProperty("categories").EnumerateObject()
                    .Select(score => (score.Name, score.Value.GetProperty("right").GetInt32(), score.Value.GetProperty("total").GetInt32()))]));
            if (left.TryGetProperty("calibration", out JsonElement calibration) && calibration.ValueKind == JsonValueKind.Object)
            {
                page.Append(Reliability(calibration));
            }
        }

        return page.ToString();
    }

    private static string Reliability(JsonElement calibration)
    {
        var table = new StringBuilder("\n## What its confidence is worth\n\n")
            .Append(CultureInfo.InvariantCulture, $"Of the same answers to records that were left out, with a scale of confidence that was learned without them too: expected calibration error {calibration.GetProperty("expected_error").GetDouble():0.000}, Brier score {calibration.GetProperty("brier").GetDouble():0.000}.\n\n")
            .Append("| confidence | answers | mean confidence | right |\n|---|---|---|---|\n");
        foreach (JsonElement bin in calibration.GetProperty("bins").EnumerateArray())
        {
            table.Append(CultureInfo.InvariantCulture, $"| {bin.GetProperty("from").GetDouble():0.0} to {bin.GetProperty("to").GetDouble():0.0} | {bin.GetProperty("answers").GetInt32()} | {100 * bin.GetProperty("confidence").GetDouble():0.0} | {100 * bin.GetProperty("accuracy").GetDouble():0.0} |\n");
        }

        return table.ToString();
    }

    /// <summary>The scores that the page claims for the caller as it ships, in percent.</summary>
    public static Dictionary<string, double> Claims(string page) => Row().Matches(page.Split("\n## ")[1])
        .ToDictionary(row => row.Groups[1].Value, row => double.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture));

    private static string Table((string Category, int Right, int Total)[] scores)
    {
        var table = new StringBuilder("| category | embedded | records | functiongemma-270m | Hammer2.1-0.5b |\n|---|---|---|---|---|\n");
        foreach ((string category, int right, int total) in scores)
        {
            (double? gemma, double? hammer) = s_published.GetValueOrDefault(category);
            table.Append(CultureInfo.InvariantCulture, $"| `{category}` | {100.0 * right / total:0.0} | {total} | {Text(gemma)} | {Text(hammer)} |\n");
        }

        return table.ToString();
    }

    private static string Text(double? score) => score?.ToString("0.0", CultureInfo.InvariantCulture) ?? "";

    [GeneratedRegex(@"^\| `(\w+)` \| ([\d.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
