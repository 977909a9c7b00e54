using System.ComponentModel;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Fixture;

/// <summary>Tools that ask the client.</summary>
internal static class FixtureQuestions
{
    private const string Defaults = """
        {
          "type": "object",
          "properties": {
            "name": { "type": "string", "description": "Name", "default": "John Doe" },
            "age": { "type": "integer", "description": "Age", "default": 30 },
            "score": { "type": "number", "description": "Score", "default": 95.5 },
            "status": { "type": "string", "description": "Status", "enum": ["active", "inactive", "pending"], "default": "active" },
            "verified": { "type": "boolean", "description": "Verified", "default": true }
          },
          "required": []
        }
        """;

    private const string Enums = """
        {
          "type": "object",
          "properties": {
            "untitledSingle": { "type": "string", "enum": ["option1", "option2", "option3"] },
            "titledSingle": { "type": "string", "oneOf": [{ "const": "value1", "title": "First" }, { "const": "value2", "title": "Second" }, { "const": "value3", "title": "Third" }] },
            "legacyEnum": { "type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"] },
            "untitledMulti": { "type": "array", "items": { "type": "string", "enum": ["option1", "option2", "option3"] } },
            "titledMulti": { "type": "array", "items": { "anyOf": [{ "const": "value1", "title": "First" }, { "const": "value2", "title": "Second" }, { "const": "value3", "title": "Third" }] } }
          },
          "required": []
        }
        """;

    public static IEnumerable<McpServerTool> All() =>
    [
        FixtureTools.Create(SampleAsync, "test_sampling", "Lets the client's model answer."),
        FixtureTools.Create(ElicitAsync, "test_elicitation", "Asks the user."),
        FixtureTools.Create((McpServer server, CancellationToken stop) => AskAsync(server, "Please review the defaults", Defaults, stop), "test_elicitation_sep1034_defaults", "Asks with defaults."),
        FixtureTools.Create((McpServer server, CancellationToken stop) => AskAsync(server, "Please choose", Enums, stop), "test_elicitation_sep1330_enums", "Asks with choices."),
        FixtureTools.Create(RootsAsync, "list_roots", "Shows the client's roots."),
    ];

    private static async Task<string> SampleAsync(McpServer server, [Description("The prompt.")] string prompt, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject
        {
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = new JsonObject { ["type"] = "text", ["text"] = prompt } }),
            ["maxTokens"] = 100,
        };
        JsonNode? answer = await RequestAsync(server, "sampling/createMessage", parameters, cancellationToken);
        return $"LLM response: {answer?["content"]?["text"]}";
    }

    private static Task<string> ElicitAsync(McpServer server, [Description("The question.")] string message, CancellationToken cancellationToken) =>
        AskAsync(server, message, """{"type":"object","properties":{"username":{"type":"string","description":"User's response"},"email":{"type":"string","description":"User's email"}},"required":["username","email"]}""", cancellationToken);

    private static async Task<string> AskAsync(McpServer server, string message, string schema, CancellationToken cancellationToken)
    {
        var parameters = new JsonObject { ["message"] = message, ["requestedSchema"] = JsonNode.Parse(schema) };
        JsonNode? answer = await RequestAsync(server, "elicitation/create", parameters, cancellationToken);
        return $"Elicitation completed: action={answer?["action"]}, content={answer?["content"]?.ToJsonString() ?? "{}"}";
    }

    private static async Task<string> RootsAsync(McpServer server, CancellationToken cancellationToken) =>
        (await RequestAsync(server, "roots/list", new JsonObject(), cancellationToken))?["roots"]?.ToJsonString() ?? "none";

    // As the revision of the request has it; questions of one request have different names.
    public static async Task<JsonNode?> RequestAsync(
        McpServer server, string method, JsonObject parameters, CancellationToken cancellationToken, string name = "question")
    {
        if (FixtureAnswers.Current is { } answers)
        {
            return answers.Require((name, method, parameters))[0];
        }

        try
        {
            return (await server.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters }, cancellationToken)).Result;
        }
        catch (McpProtocolException error)
        {
            throw new McpException($"The client refused '{method}' (error {(int)error.ErrorCode}): {error.Message}", error);
        }
    }
}
