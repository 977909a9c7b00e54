using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>A tool that can run as a task.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Support">What its definition says of tasks in 2025-11-25.</param>
/// <param name="Definition">The tool for calls that are no tasks.</param>
/// <param name="RunAsync">The work: the arguments, how to ask the user (by a name and the parameters of the question), and when to stop.</param>
internal sealed record FixtureTaskTool(
    string Name, string Support, McpServerTool Definition, Func<JsonObject, Func<string, JsonObject, Task<JsonNode?>>, CancellationToken, Task<JsonObject>> RunAsync);

/// <summary>The tools of the suite's scenarios for tasks, and some that go wrong.</summary>
internal static class FixtureTaskTools
{
    /// <summary>Where a question that was asked before the task began has its answer.</summary>
    public const string Name = "user_name";

    private const string Optional = "optional", Required = "required";

    public static IEnumerable<FixtureTaskTool> All() =>
    [
        Create("slow_compute", Optional, (double seconds, string? label) => "", async (arguments, _, stop) =>
        {
            await Task.Delay(TimeSpan.FromSeconds(arguments["seconds"]!.GetValue<double>()), stop);
            return Text($"Computed {arguments["label"]}.");
        }),
        Create("failing_job", Required, () => "", async (_, _, stop) =>
        {
            await Task.Delay(200, stop);
            JsonObject failed = Text("The job failed.");
            failed["isError"] = true;
            return failed;
        }),
        Create("protocol_error_job", Optional, () => "", async (_, _, stop) =>
        {
            await Task.Delay(50, stop);
            throw new InvalidDataException("The job panicked.");
        }),
        Create("confirm_delete", Optional, (string filename) => "", async (arguments, ask, _) =>
        {
            JsonNode? answer = await ask("confirm", Question($"Delete {arguments["filename"]}?", "confirm", "boolean"));
            return Text($"{(answer?["content"]?["confirm"]?.GetValue<bool>() == true ? "Deleted" : "Kept")} {arguments["filename"]}.");
        }),
        Create("multi_input", Optional, () => "", async (_, ask, _) =>
        {
            JsonNode?[] answers = await Task.WhenAll(ask("first", Question("The first name?", "name", "string")), ask("second", Question("The second name?", "name", "string")));
            return Text($"{answers[0]?["content"]?["name"]} and {answers[1]?["content"]?["name"]}");
        }),
        Create("test_tool_with_task", Required, () => "", async (arguments, _, stop) =>
        {
            await Task.Delay(50, stop);
            return Text($"Hello, {arguments[Name]}!");
        }),
        Lying(),
        Create("crash_job", Required, () => "", async (_, _, stop) =>
        {
            await Task.Delay(300, stop);
            Environment.Exit(3);
            return Text("");
        }),
    ];

    public static JsonObject Question(string message, string member, string type) => new()
    {
        ["message"] = message,
        ["requestedSchema"] = new JsonObject
        {
            ["type"] = "object", ["properties"] = new JsonObject { [member] = new JsonObject { ["type"] = type } }, ["required"] = new JsonArray(member),
        },
    };

    private static JsonObject Text(string text) => new() { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = text }) };

    private static FixtureTaskTool Lying()
    {
        FixtureTaskTool tool = Create("lying_job", Required, () => "", (_, _, _) =>
        {
            JsonObject lie = Text("Many.");
            lie["structuredContent"] = new JsonObject { ["count"] = "many" };
            return Task.FromResult(lie);
        });
        tool.Definition.ProtocolTool.OutputSchema = JsonElement.Parse("""{"type":"object","properties":{"count":{"type":"integer"}},"required":["count"]}""");
        return tool;
    }

    private static FixtureTaskTool Create(
        string name, string support, Delegate shape, Func<JsonObject, Func<string, JsonObject, Task<JsonNode?>>, CancellationToken, Task<JsonObject>> work) =>
        new(name, support, FixtureTools.Create(shape, name, "Can run as a task."), work);
}
