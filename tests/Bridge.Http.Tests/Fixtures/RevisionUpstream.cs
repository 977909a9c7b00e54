using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>An MCP server over HTTP whose revision can be changed while it runs, and that may be strange when asked for it.</summary>
internal sealed class RevisionUpstream : IAsyncDisposable
{
    private const string Stateless = "2026-07-28";

    private readonly WebApplication _app;

    private RevisionUpstream(WebApplication app) => _app = app;

    /// <summary>The one revision that it speaks.</summary>
    public string Revision { get; set; } = Stateless;

    /// <summary>What <c>server/discover</c> is answered with: a status and a body; status 0 for no answer.</summary>
    public (int Status, string Body)? Discover { get; set; }

    /// <summary>The tools it lists.</summary>
    public string Tools { get; set; } = """[{"name":"echo","inputSchema":{"type":"object"}}]""";

    /// <summary>Whether it says that it tells of changes of its tools.</summary>
    public bool TellsOfChanges { get; set; }

    /// <summary>A header that calls must have; <see langword="null"/> for none.</summary>
    public string? Wanted { get; set; }

    /// <summary>What a call is answered with.</summary>
    public string Call { get; set; } = """{"resultType":"complete","content":[{"type":"text","text":"called"}]}""";

    /// <summary>How it says that a task stands; <see langword="null"/> where it knows of none.</summary>
    public string? TaskState { get; set; }

    /// <summary>What lists and resources say of how long they hold.</summary>
    public string Lifetime { get; set; } = """ "ttlMs":0,"cacheScope":"public" """;

    /// <summary>Every request that came: its headers and its message.</summary>
    public ConcurrentQueue<(IReadOnlyDictionary<string, string> Headers, JsonNode Message)> Requests { get; } = new();

    public static async Task<RevisionUpstream> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var upstream = new RevisionUpstream(app);
        app.Run(upstream.AnswerAsync);
        await app.StartAsync();
        return upstream;
    }

    /// <summary>How <c>mcp.json</c> would name it.</summary>
    public McpServerConfig Config() => McpServerConfig.Http("up", new Uri($"{_app.Urls.First()}/mcp")) with { Transport = McpTransport.StreamableHttp };

    /// <summary>The requests of a method.</summary>
    public (IReadOnlyDictionary<string, string> Headers, JsonNode Message)[] Of(string method) =>
        [.. Requests.Where(request => request.Message["method"]?.GetValue<string>() == method)];

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(0);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        JsonNode message = (await JsonNode.ParseAsync(http.Request.Body))!;
        Requests.Enqueue((http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), message));
        string? method = message["method"]?.GetValue<string>();
        if (method == "tools/call" && Wanted is { } wanted && !http.Request.Headers.ContainsKey(wanted))
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await http.Response.WriteAsJsonAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = message["id"]!.DeepClone(), ["error"] = new JsonObject { ["code"] = -32020, ["message"] = $"Header mismatch: no {wanted}" } });
            return;
        }

        if (method == "server/discover" && Discover is { } strange)
        {
            await BeStrangeAsync(http, strange);
            return;
        }

        if (message["id"] is not { } id)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        bool fits = (message["params"]?["_meta"]?["io.modelcontextprotocol/protocolVersion"]?.GetValue<string>() == Stateless) == (Revision == Stateless);
        string? result = fits ? ResultOf(method) : null;
        http.Response.StatusCode = result is not null ? 200 : fits ? 404 : 400;
        JsonObject answer = new() { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
        answer[result is null ? "error" : "result"] = result is not null ? JsonNode.Parse(result)
            : fits ? new JsonObject { ["code"] = -32601, ["message"] = $"No method '{method}'.", ["data"] = new JsonObject { ["asked"] = method } }
            : new JsonObject { ["code"] = -32022, ["message"] = "Unsupported", ["data"] = new JsonObject { ["supported"] = new JsonArray(Revision), ["requested"] = "another" } };
        await http.Response.WriteAsJsonAsync(answer);
    }

    private static async Task BeStrangeAsync(HttpContext http, (int Status, string Body) strange)
    {
        if (strange.Status == 0)
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        http.Response.StatusCode = strange.Status;
        http.Response.ContentType = strange.Body.StartsWith('{') ? "application/json" : "text/html";
        await http.Response.WriteAsync(strange.Body);
    }

    private string? ResultOf(string? method) => method switch
    {
        "server/discover" => $$$"""{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":{{{(TellsOfChanges ? "true" : "false")}}}},"resources":{} },"ttlMs":0,"cacheScope":"private"}""",
        "initialize" when Revision != Stateless => $$$"""{"protocolVersion":"{{{Revision}}}","capabilities":{"tools":{}},"serverInfo":{"name":"up","version":"1"} }""",
        "tools/list" => $$"""{"resultType":"complete","tools":{{Tools}},{{Lifetime}}}""",
        "resources/list" => $$"""{"resultType":"complete","resources":[{"uri":"x://é","name":"x"}],{{Lifetime}}}""",
        "resources/templates/list" => $$"""{"resultType":"complete","resourceTemplates":[],{{Lifetime}}}""",
        "resources/read" => $$"""{"resultType":"complete","contents":[{"uri":"x://é","text":"x"}],{{Lifetime}}}""",
        "tools/call" => Call,
        "tasks/get" => TaskState,
        _ => null,
    };
}
