using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Weather;

/// <summary>Streamable HTTP with sessions at <c>/mcp</c>.</summary>
internal sealed class StreamableHttpEndpoint(Func<McpServerOptions> createOptions)
{
    private const string SessionHeader = "Mcp-Session-Id";

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    public void Map(WebApplication app)
    {
        app.MapPost("/mcp", PostAsync);
        app.MapGet("/mcp", GetAsync);
        app.MapDelete("/mcp", DeleteAsync);
        app.MapPost("/forget-sessions", ForgetAsync);
    }

    private async Task PostAsync(HttpContext context)
    {
        var message = (JsonRpcMessage?)await JsonSerializer.DeserializeAsync(
            context.Request.Body, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)), context.RequestAborted);
        Session? session = context.Request.Headers[SessionHeader].ToString() is { Length: > 0 } id ? Find(context, id) : Open(context, message);
        if (session is null || message is null)
        {
            return;
        }

        context.Response.Headers[SessionHeader] = session.Transport.SessionId;
        context.Response.ContentType = "text/event-stream";
        if (!await session.Transport.HandlePostRequestAsync(message, context.Response.Body, context.RequestAborted))
        {
            context.Response.ContentType = null;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        }
    }

    private async Task GetAsync(HttpContext context)
    {
        if (Find(context, context.Request.Headers[SessionHeader].ToString()) is { } session)
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync(context.RequestAborted);
            try
            {
                await session.Transport.HandleGetRequestAsync(context.Response.Body, context.RequestAborted);
            }
            catch (OperationCanceledException)
            {
                // The client hung up.
            }
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (_sessions.TryRemove(context.Request.Headers[SessionHeader].ToString(), out Session? session))
        {
            await session.DisposeAsync();
        }
    }

    // As if the server had been restarted: every session is unknown from now on.
    private async Task ForgetAsync(HttpContext context)
    {
        foreach (string id in _sessions.Keys)
        {
            if (_sessions.TryRemove(id, out Session? session))
            {
                await session.DisposeAsync();
            }
        }
    }

    private Session? Find(HttpContext context, string id)
    {
        if (_sessions.TryGetValue(id, out Session? session))
        {
            return session;
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return null;
    }

    private Session? Open(HttpContext context, JsonRpcMessage? message)
    {
        if (message is not JsonRpcRequest { Method: RequestMethods.Initialize })
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return null;
        }

        var session = new Session(Guid.NewGuid().ToString("N"), createOptions());
        return _sessions[session.Transport.SessionId!] = session;
    }

    private sealed class Session : IAsyncDisposable
    {
        private readonly McpServer _server;
        private readonly CancellationTokenSource _end = new();
        private readonly Task _running;

        public Session(string id, McpServerOptions options)
        {
            Transport = new StreamableHttpServerTransport { SessionId = id };
            _server = McpServer.Create(Transport, options);
            _running = _server.RunAsync(_end.Token);
        }

        public StreamableHttpServerTransport Transport { get; }

        public async ValueTask DisposeAsync()
        {
            await Transport.DisposeAsync();
            await _end.CancelAsync();
            await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await _server.DisposeAsync();
            _end.Dispose();
        }
    }
}
