using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;

namespace Bridge.Tests.Shortlisting;

public sealed class RetrievalEvaluationTests(ITestOutputHelper output)
{
    [Fact]
    public void Pick_PublicRetrievalQueries_FindsMostTools()
    {
        string folder = TestData.Require("eval/retrieval");
        ImmutableArray<Tool> tools = [.. ReadLines(folder, "tools.jsonl").Select(ReadTool)];
        var shortlister = new Bm25Shortlister();
        double recall = 0;
        int queries = 0;
        foreach (JsonElement query in ReadLines(folder, "queries-dev.jsonl"))
        {
            HashSet<string> relevant = [.. query.GetProperty("relevant").EnumerateArray().Select(name => name.GetString()!)];
            if (relevant.Count == 0)
            {
                continue;
            }

            ImmutableArray<Tool> picked = shortlister.Pick(query.GetProperty("query").GetString()!, tools, 10);
            recall += picked.Count(tool => relevant.Contains(tool.Id.Name)) / (double)Math.Min(10, relevant.Count);
            queries++;
        }

        output.WriteLine($"recall@10 over {tools.Length} tools, {queries} queries: {recall / queries:P1}");
        (recall / queries).Should().BeGreaterThan(0.92);
    }

    private static IEnumerable<JsonElement> ReadLines(string folder, string file) =>
        File.ReadLines(Path.Combine(folder, file)).Select(line => JsonDocument.Parse(line).RootElement);

    private static Tool ReadTool(JsonElement tool)
    {
        string key = tool.TryGetProperty("id", out JsonElement id) ? id.ToString() : tool.GetProperty("name").GetString()!;
        return Tool.Create(new ToolId("test", key), tool.GetProperty("description").GetString(), tool.GetProperty("inputSchema"));
    }
}
