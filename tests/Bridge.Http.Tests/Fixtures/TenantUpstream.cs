using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bridge.Mcp.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>An MCP server that knows its users by their tokens alone: each has sessions and tools of its own, and <c>whoami</c> says who called.</summary>
internal sealed class TenantUpstream : IAsyncDisposable
{
    /// <summary>How every token begins; behind it stands the user.</summary>
    public const string Secret = "secret-of-";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _users = new(StringComparer.Ordinal); // by session
    private readonly ConcurrentDictionary<string, (HttpResponse Response, string More)> _streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _failing = new(StringComparer.Ordinal);

    private TenantUpstream(WebApplication app) => _app = app;

    /// <summary>Whether it speaks 2026-07-28, without sessions.</summary>
    public bool Stateless { get; init; }

    /// <summary>Who asked for what.</summary>
    public ConcurrentQueue<(string User, string Method)> Seen { get; } = new();

    /// <summary>Whoever came without a token, or with a session of somebody else.</summary>
    public ConcurrentQueue<string> Mixed { get; } = new();

    public static async Task<TenantUpstream> StartAsync(bool stateless = false)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        var upstream = new TenantUpstream(app) { Stateless = stateless };
        app.Run(upstream.AnswerAsync);
        await app.StartAsync();
        return upstream;
    }

    /// <summary>How <c>mcp.json</c> would name it.</summary>
    public McpServerConfig Config(string id)
    {
        McpServerConfig config = McpServerConfig.Http(id, new Uri($"{_app.Urls.First()}/mcp")) with { Transport = McpTransport.StreamableHttp, CredentialPerClient = true, ClientVariables = ["TOKEN"] };
        return config with { Headers = config.Headers.Add("Authorization", "Bearer ${client:TOKEN}") };
    }

    /// <summary>Answers the next call of a user with a status of HTTP.</summary>
    public void Fail(string user, int status) => _failing[user] = status;

    /// <summary>Ends all sessions, as a restart does.</summary>
    public void Forget() => _users.Clear();

    /// <summary>Tells one user that its tools changed, once it listens.</summary>
    public async Task AnnounceAsync(string user)
    {
        using var patience = new CancellationTokenSource(GatewayHost.Patience);
        (HttpResponse Response, string More) stream;
        while (!_streams.TryGetValue(user, out stream))
        {
            await Task.Delay(20, patience.Token);
        }

        await TellAsync(stream.Response, "notifications/tools/list_changed", stream.More);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        string shown = http.Request.Headers.Authorization.ToString();
        string session = http.Request.Headers["Mcp-Session-Id"].ToString();
        if (!shown.StartsWith($"Bearer {Secret}", StringComparison.Ordinal))
        {
            Mixed.Enqueue($"'{shown}' is no token");
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        string user = shown[$"Bearer {Secret}".Length..];
        if (session.Length > 0 && _users.GetValueOrDefault(session) is var owner && owner != user)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            if (owner is not null)
            {
                Mixed.Enqueue($"{user} came with a session of {owner}");
            }

            return;
        }

        if (HttpMethods.IsGet(http.Request.Method))
        {
            Seen.Enqueue((user, "GET"));
            await StreamAsync(http, user, "");
        }
        else if (HttpMethods.IsPost(http.Request.Method))
        {
            await AnswerAsync(http, user, (await JsonNode.ParseAsync(http.Request.Body))!);
        }
    }

    private static async Task TellAsync(HttpResponse stream, string method, string more)
    {
        await stream.WriteAsync($$"""data: {"jsonrpc":"2.0","method":"{{method}}"{{more}}}""" + "\n\n");
        await stream.Body.FlushAsync();
    }

    private async Task StreamAsync(HttpContext http, string user, string more)
    {
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync();
        if (more.Length > 0)
        {
            await TellAsync(http.Response, "notifications/subscriptions/acknowledged", more);
        }

        _streams[user] = (http.Response, more);
        var ended = new TaskCompletionSource();
        using CancellationTokenRegistration gone = http.RequestAborted.Register(() => ended.TrySetResult());
        using CancellationTokenRegistration stopping = _app.Lifetime.ApplicationStopping.Register(() => ended.TrySetResult());
        await ended.Task;
    }

    private async Task AnswerAsync(HttpContext http, string user, JsonNode message)
    {
        string method = message["method"]!.GetValue<string>();
        Seen.Enqueue((user, method));
        if (method == "tools/call" && _failing.TryRemove(user, out int status))
        {
            http.Response.StatusCode = status;
        }
        else if (message["id"] is not { } id)
        {
            http.Response.StatusCode = StatusCodes.Status202Accepted;
        }
        else if (Stateless && method == "subscriptions/listen")
        {
            await StreamAsync(http, user, $$""","params":{"notifications":{"toolsListChanged":true},"_meta":{"io.modelcontextprotocol/subscriptionId":{{id.ToJsonString()}} } }""");
        }
        else
        {
            if (method == "initialize" && !Stateless)
            {
                string session = Guid.NewGuid().ToString("n");
                _users[session] = user;
                http.Response.Headers["Mcp-Session-Id"] = session;
            }

            string? result = ResultOf(method, user, message);
            JsonObject answer = new() { ["jsonrpc"] = "2.0", ["id"] = id.DeepClone() };
            answer[result is null ? "error" : "result"] = JsonNode.Parse(result ?? """{"code":-32601,"message":"unknown"}""");
            await http.Response.WriteAsJsonAsync(answer);
        }
    }

    private string? ResultOf(string method, string user, JsonNode message) => method switch
    {
        "server/discover" when Stateless => """{"resultType":"complete","supportedVersions":["2026-07-28"],"capabilities":{"tools":{"listChanged":true} },"ttlMs":0,"cacheScope":"private"}""",
        "initialize" when !Stateless => $$$"""{"protocolVersion":"{{{message["params"]!["protocolVersion"]}}}","capabilities":{"tools":{"listChanged":true}},"serverInfo":{"name":"tenants","version":"1"} }""",
        "tools/list" => $$"""{"resultType":"complete","tools":[{"name":"whoami","inputSchema":{"type":"object"} },{"name":"only_{{user}}","inputSchema":{"type":"object"} }],"ttlMs":3600000,"cacheScope":"public"}""",
        "tools/call" => $$"""{"resultType":"complete","content":[{"type":"text","text":"You are {{user}}."}]}""",
        _ => null,
    };
}
