using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Tools and a prompt that ask while they run, under the names that the suite for 2026-07-28 calls. In sessions they ask at any time, in 2026-07-28 by their answer.</summary>
internal static class FixtureRounds
{
    private const string Prefix = "test_input_required_result_";

    public static IEnumerable<McpServerTool> All() =>
    [
        Ask("elicitation", (server, stop) => NameAsync(server, "What is your name?", stop)),
        Ask("sampling", (server, stop) => SampleAsync(server, stop)),
        Ask("list_roots", (server, stop) => FixtureQuestions.RequestAsync(server, "roots/list", [], stop)),
        Ask("request_state", (server, stop) => NameAsync(server, "Please confirm", stop)),
        Ask("tampered_state", (server, stop) => NameAsync(server, "Please confirm", stop)),
        Ask("multiple_inputs", TogetherAsync),
        Ask("multi_round", OneByOneAsync),
        FixtureTools.Create(
            async (McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken stop) => $"state-ok: {(await EitherAsync(server, request, stop))?.ToJsonString()}",
            Prefix + "capabilities",
            "Asks what the client can answer."),
        FixtureTools.Create((McpServer server, CancellationToken stop) => SampleAsync(server, stop), "test_missing_capability", "Needs a client with a model."),
        FixtureTools.Create((McpServer server, CancellationToken stop) => NameAsync(server, "Who?", stop), "test_streaming_elicitation", "Asks while it runs."),
        FixtureTools.Create(FixtureTools.LogAsync, "test_logging_tool", "Logs while it runs."),
    ];

    public static McpServerPrompt Prompt() => McpServerPrompt.Create(
        async (McpServer server, CancellationToken stop) => $"Answered: {(await NameAsync(server, "What context should the prompt use?", stop))?.ToJsonString()}",
        new McpServerPromptCreateOptions { Name = $"{Prefix}prompt", Description = "A prompt that asks." });

    private static McpServerTool Ask(string name, Func<McpServer, CancellationToken, Task<JsonNode?>> ask) => FixtureTools.Create(
        async (McpServer server, CancellationToken stop) => $"state-ok: {(await ask(server, stop))?.ToJsonString()}", Prefix + name, "Asks while it runs.");

    private static Task<JsonNode?> NameAsync(McpServer server, string message, CancellationToken cancellationToken, string name = "user_name") =>
        FixtureQuestions.RequestAsync(server, "elicitation/create", Name(message), cancellationToken, name);

    private static Task<JsonNode?> SampleAsync(McpServer server, CancellationToken cancellationToken) =>
        FixtureQuestions.RequestAsync(server, "sampling/createMessage", Sample(), cancellationToken, "capital");

    private static JsonObject Name(string message) => new()
    {
        ["message"] = message, ["requestedSchema"] = JsonNode.Parse("""{"type":"object","properties":{"name":{"type":"string"}},"required":["name"]}"""),
    };

    private static JsonObject Sample() => new()
    {
        ["messages"] = JsonNode.Parse("""[{"role":"user","content":{"type":"text","text":"What is the capital of France?"}}]"""), ["maxTokens"] = 100,
    };

    private static async Task<JsonNode?> TogetherAsync(McpServer server, CancellationToken cancellationToken)
    {
        (string Name, string Method, JsonObject Parameters)[] questions =
            [("user_name", "elicitation/create", Name("What is your name?")), ("capital", "sampling/createMessage", Sample()), ("roots", "roots/list", [])];
        JsonNode?[] answers = FixtureAnswers.Current?.Require(questions) ?? await Task.WhenAll(
            questions.Select(question => FixtureQuestions.RequestAsync(server, question.Method, question.Parameters, cancellationToken)));
        return new JsonArray([.. answers.Select(answer => answer?.DeepClone())]);
    }

    private static async Task<JsonNode?> OneByOneAsync(McpServer server, CancellationToken cancellationToken)
    {
        JsonNode? first = await NameAsync(server, "Step 1: What is your name?", cancellationToken);
        JsonNode? second = await NameAsync(server, "Step 2: What is your favorite color?", cancellationToken, "color");
        return new JsonArray(first?.DeepClone(), second?.DeepClone());
    }

    private static async Task<JsonNode?> EitherAsync(McpServer server, RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (FixtureAnswers.Current is not null)
        {
            return request.Params?.Meta?["io.modelcontextprotocol/clientCapabilities"]?["elicitation"] is null
                ? await SampleAsync(server, cancellationToken)
                : await NameAsync(server, "Who?", cancellationToken);
        }

        try
        {
            return await NameAsync(server, "Who?", cancellationToken);
        }
        catch (ModelContextProtocol.McpException)
        {
            return await SampleAsync(server, cancellationToken);
        }
    }
}
