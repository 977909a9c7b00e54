using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Reading;
using Bridge.Evaluation.Records;
using Bridge.Tools;

namespace Bridge.Evaluation.Retrieval;

/// <summary>Many tools, and questions with the tools that serve them: what a shortlister is measured on.</summary>
/// <param name="Tools">The tools.</param>
/// <param name="Queries">The questions.</param>
/// <param name="Problems">The lines that are left out.</param>
public sealed record RetrievalSet(ImmutableArray<Tool> Tools, ImmutableArray<RetrievalQuery> Queries, ImmutableArray<RecordProblem> Problems)
{
    private const string ToolsFile = "tools.jsonl";

    /// <summary>Whether a folder holds such data: <c>tools.jsonl</c> and files whose names begin with <c>queries</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>Whether it does.</returns>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, ToolsFile)) && QueryFiles(folder).Length > 0;

    /// <summary>The records whose answers name tools alone, as questions over all the tools that they are offered, where these are more than a shortlister is asked for.</summary>
    /// <param name="records">The records.</param>
    /// <returns>A set for each catalog of tools that such records share.</returns>
    public static ImmutableArray<RetrievalSet> Of(IEnumerable<EvalRecord> records) =>
    [
        .. records.Where(record => record.IsToolChoice && record.Tools.Length > RetrievalScore.Counts.Max())
            .GroupBy(record => record.Tools)
            .GroupBy(group => string.Join('\n', group.Key.Select(tool => tool.Id.Name)), group => group.AsEnumerable(), (_, groups) => groups.SelectMany(group => group).ToArray())
            .Select(group => new RetrievalSet(
                group[0].Tools,
                [.. group.Select(record => new RetrievalQuery(record.Prompt.UserText, [.. record.Expected.Select(call => call.Name).Distinct()]) { Kind = record.Category })],
                [])),
    ];

    /// <summary>Reads a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What it holds.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static async Task<RetrievalSet> ReadAsync(string folder, CancellationToken cancellationToken = default)
    {
        var problems = ImmutableArray.CreateBuilder<RecordProblem>();
        var tools = ImmutableArray.CreateBuilder<Tool>();
        var reader = new RecordTools();
        await ReadLinesAsync(Path.Combine(folder, ToolsFile), AddTool).ConfigureAwait(false);
        HashSet<string> names = [.. tools.Select(tool => tool.Id.Name)];
        var queries = ImmutableArray.CreateBuilder<RetrievalQuery>();
        foreach (string file in QueryFiles(folder))
        {
            await ReadLinesAsync(file, line => queries.Add(ReadQuery(line, names))).ConfigureAwait(false);
        }

        return new RetrievalSet(tools.ToImmutable(), queries.ToImmutable(), problems.ToImmutable());

        void AddTool(JsonElement json)
        {
            if (reader.ReadTool(json, _ => { }) is { } tool)
            {
                tools.Add(tool);
            }
        }

        async Task ReadLinesAsync(string file, Action<JsonElement> read)
        {
            await foreach ((int number, string line) in TextFile.LinesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                try
                {
                    read(JsonElement.Parse(line));
                }
                catch (Exception error) when (error is JsonException or RecordException)
                {
                    problems.Add(new RecordProblem(file, number, null, (error as RecordException)?.Kind ?? RecordProblemKind.Broken, error.Message));
                }
            }
        }
    }

    private static string[] QueryFiles(string folder) =>
        [.. Directory.GetFiles(folder, "queries*").Where(file => file.EndsWith(".jsonl", StringComparison.Ordinal) || file.EndsWith(".jsonl.gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static RetrievalQuery ReadQuery(JsonElement json, HashSet<string> names)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("query", out JsonElement query) || query.ValueKind != JsonValueKind.String
            || !json.TryGetProperty("relevant", out JsonElement relevant) || relevant.ValueKind != JsonValueKind.Array || relevant.GetArrayLength() == 0)
        {
            throw new RecordException(RecordProblemKind.Broken, "A question needs 'query', a text, and 'relevant', the names of the tools that serve it.");
        }

        ImmutableArray<string> wanted = [.. relevant.EnumerateArray().Select(name => name.ToString()).Distinct()];
        return wanted.FirstOrDefault(name => !names.Contains(name)) is { } absent
            ? throw new RecordException(RecordProblemKind.Contradictory, $"'{absent}' is relevant, and there is no such tool.")
            : new RetrievalQuery(query.GetString()!, wanted)
            {
                Kind = json.TryGetProperty("kind", out JsonElement kind) && kind.ValueKind == JsonValueKind.String ? kind.GetString()! : "all",
            };
    }
}

/// <summary>A question and the tools that serve it.</summary>
/// <param name="Text">The question.</param>
/// <param name="Relevant">The names of the tools.</param>
public sealed record RetrievalQuery(string Text, ImmutableArray<string> Relevant)
{
    /// <summary>What its score counts for.</summary>
    public string Kind { get; init; } = "all";
}
