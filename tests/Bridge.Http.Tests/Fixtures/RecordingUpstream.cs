using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>An MCP server with one tool, <c>echo</c>, that notes the headers of everything that reaches it.</summary>
internal sealed class RecordingUpstream : IAsyncDisposable
{
    private const string Tool = """{"name":"echo","inputSchema":{"type":"object"}}""";

    private readonly WebApplication _app;

    private RecordingUpstream(WebApplication app) => _app = app;

    /// <summary>The headers of each request, as <c>name: value</c>.</summary>
    public ConcurrentQueue<string[]> Requests { get; } = new();

    /// <summary>Where calls are redirected to; <see langword="null"/> to answer them.</summary>
    public Uri? RedirectTo { get; set; }

    /// <summary>What calls are answered with.</summary>
    public string CallResult { get; set; } = """{"content":[{"type":"text","text":"ok"}]}""";

    public Uri Url => new($"{_app.Urls.First()}/mcp");

    public static async Task<RecordingUpstream> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var upstream = new RecordingUpstream(app);
        app.Run(upstream.AnswerAsync);
        await app.StartAsync();
        return upstream;
    }

    /// <summary>How <c>mcp.json</c> would name it.</summary>
    public McpServerConfig Config(string id, string authorization)
    {
        McpServerConfig config = McpServerConfig.Http(id, Url) with { Transport = McpTransport.StreamableHttp };
        return config with { Headers = config.Headers.Add("Authorization", authorization) };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Requests.Enqueue([.. http.Request.Headers.Select(header => $"{header.Key}: {header.Value}")]);
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        JsonNode message = (await JsonNode.ParseAsync(http.Request.Body))!;
        string? method = message["method"]?.GetValue<string>();
        if (method == "tools/call" && RedirectTo is { } target)
        {
            http.Response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            http.Response.Headers.Location = target.ToString();
        }
        else if (message["id"] is not { } id)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        else
        {
            string? result = ResultOf(method, message);
            JsonObject answer = new() { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
            answer[result is null ? "error" : "result"] = JsonNode.Parse(result ?? """{"code":-32601,"message":"unknown"}""");
            await http.Response.WriteAsJsonAsync(answer);
        }
    }

    private string? ResultOf(string? method, JsonNode message) => method switch
    {
        "initialize" => $$$"""{"protocolVersion":"{{{message["params"]!["protocolVersion"]}}}","capabilities":{"tools":{}},"serverInfo":{"name":"recording","version":"1"} }""",
        "tools/list" => $$"""{"tools":[{{Tool}}]}""",
        "tools/call" => CallResult,
        _ => null,
    };
}
