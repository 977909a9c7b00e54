using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

public sealed class RetrievalEvaluationTests(ITestOutputHelper output)
{
    private readonly RankedShortlister _shortlister = new();

    [Fact]
    public void Pick_PublicRetrievalQueries_FindsNearlyAllTools()
    {
        (ImmutableArray<Tool> tools, List<Query> queries) = Read();

        double[] easy = [.. new[] { 1, 5, 10 }.Select(count => Recall(tools, queries.Where(query => query.Kind == "easy"), count))];
        double[] all = [.. new[] { 1, 5, 10 }.Select(count => Recall(tools, queries, count))];

        output.WriteLine($"recall@1, @5, @10 over {tools.Length} tools: easy {string.Join(", ", easy.Select(share => $"{share:P1}"))}; all {string.Join(", ", all.Select(share => $"{share:P1}"))}");
        easy[1].Should().BeGreaterThanOrEqualTo(0.97);
        all[1].Should().BeGreaterThanOrEqualTo(0.955);
    }

    // The rank lift of stuffing: how often a tool that piles up the words of others is picked, and what it costs those that fit.
    [Fact]
    [Trait("Attack", "M5")]
    public void Pick_StuffedToolsAmongThousands_AreHardlyEverPicked()
    {
        (ImmutableArray<Tool> tools, List<Query> queries) = Read();
        var random = new Random(3);
        Tool[] stuffed =
        [
            .. Enumerable.Range(0, 100).Select(number => ToolFactory.Make(
                $"universal_{number}", string.Join(' ', Enumerable.Range(0, 20).Select(_ => tools[random.Next(tools.Length)].Description)))),
        ];
        ImmutableArray<Tool> mixed = tools.AddRange(stuffed);

        double before = Recall(tools, queries, 5);
        double after = Recall(mixed, queries, 5);
        double share = queries.Average(query => _shortlister.Pick(query.Text, mixed, 5).Count(stuffed.Contains) / 5.0);

        output.WriteLine($"recall@5 {before:P2} without, {after:P2} with 100 stuffed tools; {share:P2} of what is picked is stuffed");
        (before - after).Should().BeLessThan(0.01);
        share.Should().BeLessThan(0.02);
    }

    private double Recall(ImmutableArray<Tool> tools, IEnumerable<Query> queries, int count) => queries.Average(query =>
        _shortlister.Pick(query.Text, tools, count).Count(tool => query.Relevant.Contains(tool.Id.Name)) / (double)query.Relevant.Count);

    private static (ImmutableArray<Tool> Tools, List<Query> Queries) Read()
    {
        string folder = TestData.Require("eval/retrieval");
        return ([.. ReadLines(folder, "tools.jsonl").Select(ReadTool)],
            [.. ReadLines(folder, "queries-dev.jsonl").Select(query => new Query(
                query.GetProperty("kind").GetString()!, query.GetProperty("query").GetString()!,
                [.. query.GetProperty("relevant").EnumerateArray().Select(name => name.GetString()!)])).Where(query => query.Relevant.Count > 0)]);
    }

    private static IEnumerable<JsonElement> ReadLines(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static Tool ReadTool(JsonElement tool) =>
        Tool.Create(new ToolId("test", tool.GetProperty("name").GetString()!), tool.GetProperty("description").GetString(), tool.GetProperty("inputSchema"));

    private sealed record Query(string Kind, string Text, HashSet<string> Relevant);
}
