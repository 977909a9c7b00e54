using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Summaries;
using Bridge.TestKit;

namespace Bridge.Evaluation.Tests.Quality;

/// <summary>The part of <c>docs/quality.md</c> about data that nothing in Bridge was made with.</summary>
internal static partial class OtherOrigin
{
    public const string Heading = "## Data of another origin";

    private const string Intro = Heading + """


        Three benchmarks that neither `embedded` nor the ranker of tools has ever seen: nothing in Bridge was trained on them or made with them. They are read in the form in which they are published ([evaluation](evaluation.md#other-benchmarks)), and scored by the same rules as everything here; the makers' own rules differ, so that theirs are other numbers. The data is not part of this repository:

        - **ACEBench** (arXiv 2501.12851), `chenchen0103/ACEBench` at `56dd66c`, MIT: the English part. Its tasks for agents are left aside, and so is that it wants missing or wrong values to be named: no call is right there.
        - **MetaTool** (arXiv 2310.03128), `HowieHwong/MetaTool` at `35e81bb`, MIT: 199 tools of which only a name and a description are known. The choice of tools alone is scored. 29 contradictory lines are left out.
        - **LiveMCPBench** (arXiv 2508.01780), `icip-cas/LiveMCPBench` at `a928e57`, Apache-2.0: 527 tools of 70 MCP servers. A first call of a tool that the person used who solved the task counts as right. 5 tasks that name a tool which is not there are left out.

        ```sh
        bridge eval ACEBench/data_all/data_en MetaTool/dataset/data LiveMCPBench/annotated_data --caller embedded
        ```

        """;

    private static readonly string[] s_folders = ["origin/ACEBench/data_all/data_en", "origin/MetaTool/dataset/data", "origin/LiveMCPBench/annotated_data"];

    /// <summary>The folders of the three; skips the test where one is absent.</summary>
    public static ImmutableArray<string> Require() => [.. s_folders.Select(TestData.Require)];

    /// <summary>The part of a page; empty where it has none.</summary>
    public static string Of(string page) => page.IndexOf(Heading, StringComparison.Ordinal) is >= 0 and int start ? page[start..] : "";

    /// <summary>Writes the part.</summary>
    /// <param name="scores">The scores of the caller.</param>
    /// <param name="retrieval">The scores of the shortlister.</param>
    public static string Write(IEnumerable<CategoryScore> scores, IEnumerable<RetrievalScore> retrieval)
    {
        var part = new StringBuilder(Intro).Append("\n| category | embedded | records |\n|---|---|---|\n");
        foreach (CategoryScore score in scores)
        {
            part.Append(CultureInfo.InvariantCulture, $"| `{score.Category}` | {100 * score.Accuracy:0.0} | {score.Total} |\n");
        }

        part.Append("\nThe share of the right tools among the first that the shortlister picks, of all tools there are; `_after_1000` is that of 2,000 questions when 1,000 others are known with the tools that served them ([earlier requests](tools.md#earlier-requests)):\n\n")
            .Append("| questions | recall@1 | recall@5 | recall@10 | count |\n|---|---|---|---|---|\n");
        foreach (RetrievalScore score in retrieval)
        {
            part.Append(CultureInfo.InvariantCulture, $"| `{score.Kind}` |{string.Concat(score.Recall.Select(recall => string.Create(CultureInfo.InvariantCulture, $" {100 * recall:0.0} |")))} {score.Queries} |\n");
        }

        return part.ToString();
    }

    /// <summary>The first number of each row, in percent.</summary>
    public static ILookup<string, double> Claims(string part) =>
        Row().Matches(part).ToLookup(row => row.Groups[1].Value, row => double.Parse(row.Groups[2].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^\| `(\w+)` \| ([\d.]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
