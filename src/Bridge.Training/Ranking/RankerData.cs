using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Records;
using Bridge.Schemas.Compilation;
using Bridge.Tools;

namespace Bridge.Training.Ranking;

/// <summary>Reads the sets a ranker learns from: a folder with <c>eval/retrieval</c> and, where it is there, <c>eval/bfcl-dev</c>.</summary>
public static class RankerData
{
    private const string Source = "catalog";

    /// <summary>Reads all sets of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The sets.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ImmutableArray<RankerSet> Read(string folder)
    {
        ImmutableArray<RankerSet> sets = [ReadRetrieval(Path.Combine(folder, "eval", "retrieval"))];
        string calls = Path.Combine(folder, "eval", "bfcl-dev");
        return Directory.Exists(calls) ? sets.Add(ReadCalls(calls)) : sets;
    }

    /// <summary>Reads a set whose tools and queries are two files.</summary>
    /// <param name="folder">The folder with <c>tools.jsonl</c> and <c>queries-dev.jsonl</c>.</param>
    /// <returns>The set.</returns>
    public static RankerSet ReadRetrieval(string folder)
    {
        ImmutableArray<Tool> tools = [.. ReadLines(Path.Combine(folder, "tools.jsonl")).Select(tool => ReadTool(tool)!)];
        var places = tools.Select((tool, place) => (tool.Id.Name, place)).ToDictionary(tool => tool.Name, tool => tool.place, StringComparer.Ordinal);
        return new RankerSet("retrieval", tools,
            [.. ReadLines(Path.Combine(folder, "queries-dev.jsonl")).Select((query, number) => ReadQuery(query, number, places)).Where(query => !query.Relevant.IsEmpty)]);
    }

    /// <summary>Makes a set of the user's own records.</summary>
    /// <param name="records">The records; those without a right tool are left out.</param>
    /// <returns>The set; all tools of all records are one catalog.</returns>
    public static RankerSet Of(ImmutableArray<EvalRecord> records)
    {
        ImmutableArray<Tool> tools = [.. records.SelectMany(record => record.Tools).Distinct()];
        Dictionary<Tool, int> places = tools.Select((tool, place) => (tool, place)).ToDictionary(tool => tool.tool, tool => tool.place);
        return new RankerSet("own", tools,
        [
            .. records.Where(record => !record.Expected.IsEmpty).Select((record, number) => new RankerQuery(number, "own", record.Prompt.UserText,
                [.. record.Tools.Where(tool => record.Expected.Any(call => call.Name == tool.Id.Name)).Select(tool => places[tool])])),
        ]);
    }

    // Every record brings its own few tools; here all of them are one catalog.
    private static RankerSet ReadCalls(string folder)
    {
        var tools = new List<Tool>();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        var queries = new List<RankerQuery>();
        foreach (JsonElement record in Directory.GetFiles(folder, "*.jsonl").Order(StringComparer.Ordinal).SelectMany(ReadLines))
        {
            var own = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (JsonElement tool in record.GetProperty("tools").EnumerateArray())
            {
                string key = $"{tool.GetProperty("name")}\n{tool.GetProperty("description")}";
                if (!places.TryGetValue(key, out int place))
                {
                    if (ReadTool(tool) is not { } read)
                    {
                        continue;
                    }

                    places.Add(key, place = tools.Count);
                    tools.Add(read);
                }

                own[tool.GetProperty("name").GetString()!] = place;
            }

            if (ReadCallQuery(record, queries.Count, own) is { Relevant.IsEmpty: false } query)
            {
                queries.Add(query);
            }
        }

        return new RankerSet("calls", [.. tools], [.. queries]);
    }

    private static RankerQuery ReadQuery(JsonElement query, int number, Dictionary<string, int> places) => new(
        number, query.GetProperty("kind").GetString()!, query.GetProperty("query").GetString()!,
        [.. query.GetProperty("relevant").EnumerateArray().Select(name => places[name.GetString()!]).Distinct()]);

    private static RankerQuery? ReadCallQuery(JsonElement record, int number, Dictionary<string, int> own)
    {
        if (!record.TryGetProperty("expected", out JsonElement expected) || expected.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        IEnumerable<string> texts = record.GetProperty("messages").EnumerateArray()
            .Where(message => message.GetProperty("role").GetString() == "user").Select(message => message.GetProperty("content").GetString()!);
        return new RankerQuery(number, "calls", string.Join('\n', texts),
            [.. expected.EnumerateArray().Select(call => call.GetProperty("name").GetString()!).Where(own.ContainsKey).Select(name => own[name]).Distinct()]);
    }

    private static Tool? ReadTool(JsonElement tool)
    {
        try
        {
            return Tool.Create(new ToolId(Source, tool.GetProperty("name").GetString()!), tool.GetProperty("description").GetString(), tool.GetProperty("inputSchema"));
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonElement> ReadLines(string file) =>
        File.ReadLines(file).Select(line => JsonSerializer.Deserialize<JsonElement>(line));
}
