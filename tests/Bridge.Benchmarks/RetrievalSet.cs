using System.Text.Json;
using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Tools;
using Bridge.Training.Ranking;

namespace Bridge.Benchmarks;

/// <summary>10,000 tools, those that public queries are for among them.</summary>
internal static class RetrievalSet
{
    private const int Tools = 10_000;

    /// <summary>Reads the queries and tools, others of real servers behind them.</summary>
    public static RankerSet Read()
    {
        RankerSet set = RankerData.ReadRetrieval(TestData.Find("eval/retrieval") ?? throw new InvalidOperationException("Set BRIDGE_TEST_DATA to a folder with 'eval/retrieval'."));
        string? others = TestData.Find("eval/mcp-catalogue/tools.jsonl");
        return others is null ? set : set with { Tools = [.. set.Tools.Concat(ReadOthers(others)).Take(Tools)] };
    }

    /// <summary>The best tools by BM25 alone.</summary>
    /// <param name="index">The tools.</param>
    /// <param name="text">What is asked.</param>
    /// <param name="count">How many.</param>
    public static int[] PickByWords(Bm25Index index, string text, int count)
    {
        float[] scores = new float[index.Count];
        int[] picked = new int[count];
        PromptQuery.AddScores(index, text, scores);
        Bm25Index.PickBest(scores, picked);
        return picked;
    }

    private static IEnumerable<Tool> ReadOthers(string file)
    {
        foreach (JsonElement tool in File.ReadLines(file).Select(line => JsonSerializer.Deserialize<JsonElement>(line)))
        {
            if (tool.TryGetProperty("description", out JsonElement description) && description.ValueKind == JsonValueKind.String
                && TryMake(tool, description.GetString()!) is { } made)
            {
                yield return made;
            }
        }
    }

    private static Tool? TryMake(JsonElement tool, string description)
    {
        try
        {
            return Tool.Create(new ToolId("others", tool.GetProperty("name").GetString()!), description, tool.GetProperty("inputSchema"));
        }
        catch (Bridge.Schemas.Compilation.InvalidSchemaException)
        {
            return null;
        }
    }
}
