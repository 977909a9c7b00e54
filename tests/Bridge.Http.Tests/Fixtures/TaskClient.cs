using System.Text.Json.Nodes;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>A client of 2026-07-28 that takes tasks, or does not say so.</summary>
internal sealed class TaskClient(TestHost host, string? key = null, bool takesTasks = true) : IDisposable
{
    private const string Revision = "2026-07-28";

    private readonly RawMcp _raw = RawMcp.Create(host, key: key);

    public Task<JsonNode> CallAsync(string tool, string arguments = "{}") =>
        PostAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""", tool);

    public Task<JsonNode> AskAsync(string method, string task, string more = "") =>
        PostAsync(method, $$"""{"taskId":"{{task}}"{{more}}}""", task);

    /// <summary>Begins a call that must become a task.</summary>
    /// <returns>The task's id.</returns>
    public async Task<string> BeginAsync(string tool, string arguments = "{}")
    {
        JsonNode answer = await CallAsync(tool, arguments);
        ((string?)answer["result"]?["resultType"]).Should().Be("task", answer.ToJsonString());
        return (string)answer["result"]!["taskId"]!;
    }

    /// <summary>Asks for a task until it stands as wanted, or is over.</summary>
    public async Task<JsonNode> UntilAsync(string task, string status)
    {
        using var limit = new CancellationTokenSource(GatewayHost.Patience);
        while (true)
        {
            JsonNode state = (await AskAsync("tasks/get", task))["result"]!;
            if ((string)state["status"]! is var now && (now == status || now is "completed" or "failed" or "cancelled"))
            {
                return state;
            }

            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>Opens a stream of changes.</summary>
    public async Task<StreamReader> ListenAsync(string notifications) => new(await (await SendAsync(
        "subscriptions/listen", $$"""{"notifications":{{notifications}}}""", "")).Content.ReadAsStreamAsync());

    public void Dispose() => _raw.Dispose();

    private async Task<JsonNode> PostAsync(string method, string parameters, string name)
    {
        using HttpResponseMessage response = await SendAsync(method, parameters, name);
        string body = await response.Content.ReadAsStringAsync();
        return JsonNode.Parse(body.StartsWith('{') ? body : body.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal))[6..])!;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string parameters, string name)
    {
        JsonObject given = JsonNode.Parse(parameters)!.AsObject();
        given["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = Revision,
            ["io.modelcontextprotocol/clientCapabilities"] = JsonNode.Parse(
                takesTasks ? """{"elicitation":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}""" : """{"elicitation":{}}"""),
        };
        string message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = given }.ToJsonString();
        return _raw.SendAsync(HttpMethod.Post, message, ("MCP-Protocol-Version", Revision), ("Mcp-Method", method), ("Mcp-Name", name));
    }
}
