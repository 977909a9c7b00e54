using System.Collections.Immutable;
using Bridge.Evaluation.Reading;
using Microsoft.VisualBasic.FileIO;

namespace Bridge.Evaluation.Originals;

/// <summary>MetaTool, one tool a question: a CSV file <c>Query,Tool</c>.</summary>
internal sealed class MetaToolChoices : IRecordForm
{
    private const string Category = "metatool_single";

    public string Name => "MetaTool (CSV 'Query,Tool', with 'plugin_des.json')";

    public bool Matches(FileHead head) => head.FirstLine is "Query,Tool" or "\"Query\",\"Tool\"";

    public async Task<OriginalSet> ReadAsync(string file, CancellationToken cancellationToken)
    {
        ImmutableArray<string> tools = await PluginDescriptions.BesideAsync(file, cancellationToken).ConfigureAwait(false);
        List<(int Line, string? Query, string? Tool)> rows = Rows(file, cancellationToken);
        ILookup<string, (int Line, string? Query, string? Tool)> same = rows.Where(row => row.Query is not null).ToLookup(row => row.Query!, StringComparer.Ordinal);
        var records = ImmutableArray.CreateBuilder<OriginalRecord>(rows.Count);
        int repeated = 0;
        foreach ((int line, string? query, string? tool) in rows)
        {
            string id = $"{Category}_{line}";
            if (query is null || tool is null)
            {
                records.Add(new OriginalRecord(line, null) { Problem = "A line must hold a question and the name of a tool, in quotation marks where they hold commas." });
            }
            else if (same[query].FirstOrDefault(row => row.Tool != tool) is { Tool: not null } other)
            {
                records.Add(new OriginalRecord(line, id) { Problem = $"The same question has '{other.Tool}' in line {other.Line}, and '{tool}' here.", Contradictory = true });
            }
            else if (same[query].First().Line != line)
            {
                repeated++;
            }
            else
            {
                records.Add(new OriginalRecord(line, id) { Json = ToolChoice.Json(id, Category, query, "tools", [tool]) });
            }
        }

        return new OriginalSet(records.ToImmutable())
        {
            Tools = tools,
            Notes = repeated == 0 ? [PluginDescriptions.Note] : [PluginDescriptions.Note, $"{repeated} lines of '{Path.GetFileName(file)}' repeat another: the first counts."],
        };
    }

    private static List<(int Line, string? Query, string? Tool)> Rows(string file, CancellationToken cancellationToken)
    {
        using var parser = new TextFieldParser(TextFile.Open(file)) { Delimiters = [","], HasFieldsEnclosedInQuotes = true };
        var rows = new List<(int, string?, string?)>();
        _ = parser.ReadLine();
        while (!parser.EndOfData)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int line = (int)parser.LineNumber;
            try
            {
                string[] fields = parser.ReadFields() ?? [];
                rows.Add(fields is [{ Length: > 0 } query, { Length: > 0 } tool] ? (line, query, tool) : (line, null, null));
            }
            catch (MalformedLineException)
            {
                rows.Add((line, null, null));
            }
        }

        return rows;
    }
}
