using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bridge.Evaluation.Originals;

/// <summary>LiveMCPBench: a JSON list of tasks with <c>Question</c> and the tools that a person used; the tools lie in <c>tools.json</c>.</summary>
/// <remarks>A task takes several rounds; what is right of the first are calls of tools that the person used.</remarks>
internal sealed partial class LiveMcpBench : IRecordForm
{
    public string Name => "LiveMCPBench (a JSON list with 'Question' and 'Annotator Metadata', with 'tools.json')";

    public bool Matches(FileHead head) => head.IsList && head.Has("Question", "Annotator Metadata");

    public async Task<OriginalSet> ReadAsync(string file, CancellationToken cancellationToken)
    {
        LiveMcpTools tools = await LiveMcpTools.OfAsync(file, cancellationToken).ConfigureAwait(false);
        ImmutableArray<JsonElement> tasks = await JsonList.ReadAsync(file, cancellationToken).ConfigureAwait(false);
        return new OriginalSet([.. tasks.Select((task, i) => Read(task, i + 1, tools))]) { Tools = tools.Json };
    }

    private static OriginalRecord Read(JsonElement task, int number, LiveMcpTools tools)
    {
        string id = JsonList.Text(task, "task_id") ?? $"livemcpbench_{number}";
        if (JsonList.Text(task, "Question") is not { } question || !task.TryGetProperty("Annotator Metadata", out JsonElement metadata)
            || JsonList.Text(metadata, "Tools") is not { } written || NamesIn(written) is not { Length: > 0 } names)
        {
            return new OriginalRecord(number, id) { Problem = "A task must hold 'Question', a text, and 'Annotator Metadata' with 'Tools', a name a line." };
        }

        if (names.FirstOrDefault(name => tools.Called(name).IsEmpty) is { } absent)
        {
            return new OriginalRecord(number, id) { Problem = $"The task is said to take '{absent}', and 'tools.json' has no tool of that name.", Contradictory = true };
        }

        string category = $"livemcpbench_{(JsonList.Text(task, "category") ?? "all").ToLowerInvariant()}";
        return new OriginalRecord(number, id) { Json = ToolChoice.Json(id, category, question, "some_tools", names.SelectMany(name => tools.Called(name))) };
    }

    private static string[] NamesIn(string written) =>
        [.. written.Split('\n').Select(line => Numbering().Replace(line, "").Trim()).Where(name => name.Length > 0).Distinct()];

    [GeneratedRegex(@"^\s*\d+\s*[.)]")]
    private static partial Regex Numbering();
}
