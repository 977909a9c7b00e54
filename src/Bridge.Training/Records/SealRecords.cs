using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Evaluation.Reading;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Tools;

namespace Bridge.Training.Records;

/// <summary>Reads questions for retrieval whose calls are known as records: the tools are those that are right.</summary>
internal static class SealRecords
{
    /// <summary>Reads a folder.</summary>
    /// <param name="folder">A folder with <c>tools.jsonl</c> and files of questions.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records, and all tools.</returns>
    public static async Task<(ImmutableArray<TrainingRecord> Records, ImmutableArray<Tool> Tools)> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        RetrievalSet set = await RetrievalSet.ReadAsync(folder, cancellationToken).ConfigureAwait(false);
        var byName = set.Tools.DistinctBy(tool => tool.Id.Name).ToDictionary(tool => tool.Id.Name, StringComparer.Ordinal);
        var records = ImmutableArray.CreateBuilder<TrainingRecord>();
        foreach (string file in Directory.GetFiles(folder, "queries*.jsonl").Order(StringComparer.Ordinal))
        {
            await foreach ((int _, string line) in TextFile.LinesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                if (Read(JsonElement.Parse(line), byName) is { } record)
                {
                    records.Add(new TrainingRecord(record, Origin.SealTools));
                }
            }
        }

        return (records.ToImmutable(), set.Tools);
    }

    private static EvalRecord? Read(JsonElement json, Dictionary<string, Tool> byName)
    {
        if (!json.TryGetProperty("calls", out JsonElement calls) || calls.ValueKind != JsonValueKind.Array || calls.GetArrayLength() == 0)
        {
            return null;
        }

        ImmutableArray<ExpectedCall> expected = [.. calls.EnumerateArray().Select(ReadCall)];
        if (expected.Any(call => !byName.ContainsKey(call.Name)))
        {
            return null;
        }

        ImmutableArray<Tool> tools = [.. expected.Select(call => byName[call.Name]).Distinct()];
        return new EvalRecord(json.GetProperty("id").GetString()!, "seal_tools", json.GetProperty("query").GetString()!, tools, EvalCheck.Calls)
        {
            Expected = expected,
            Declared = tools.ToImmutableDictionary(tool => tool.Id.Name, tool => DeclaredTool.OfSchema(tool.InputSchema), StringComparer.Ordinal),
        };
    }

    private static ExpectedCall ReadCall(JsonElement call) => new(
        call.GetProperty("name").GetString()!,
        [.. call.GetProperty("arguments").EnumerateObject().Select(argument => new ExpectedArgument(argument.Name, [argument.Value]))]);
}
