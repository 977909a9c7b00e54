using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace TestServers.Weather;

/// <summary>The transport of 2024: events from <c>/sse</c> or the root, messages to <c>/message</c>.</summary>
internal sealed class SseEndpoint(Func<McpServerOptions> createOptions)
{
    private readonly ConcurrentDictionary<string, SseResponseStreamTransport> _sessions = new(StringComparer.Ordinal);

    public void Map(WebApplication app, string path)
    {
        app.MapGet(path, StreamAsync);
        app.MapPost("/message", MessageAsync);
    }

    private async Task StreamAsync(HttpContext context)
    {
        string id = Guid.NewGuid().ToString("N");
        context.Response.ContentType = "text/event-stream";
        await using var transport = new SseResponseStreamTransport(context.Response.Body, $"/message?sessionId={id}", id);
        _sessions[id] = transport;
        try
        {
            Task writing = transport.RunAsync(context.RequestAborted);
            await using var server = McpServer.Create(transport, createOptions());
            await server.RunAsync(context.RequestAborted);
            await writing;
        }
        catch (OperationCanceledException)
        {
            // The client hung up.
        }
        finally
        {
            _sessions.TryRemove(id, out _);
        }
    }

    private async Task MessageAsync(HttpContext context)
    {
        if (!_sessions.TryGetValue(context.Request.Query["sessionId"].ToString(), out SseResponseStreamTransport? transport))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var message = (JsonRpcMessage?)await JsonSerializer.DeserializeAsync(
            context.Request.Body, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)), context.RequestAborted);
        await transport.OnMessageReceivedAsync(message!, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }
}
