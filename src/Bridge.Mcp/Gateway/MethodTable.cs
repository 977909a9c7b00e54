using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>The methods the gateway offers, and what becomes of a request that fails.</summary>
/// <param name="methods">What is done for each method.</param>
/// <param name="notices">What is done for notifications.</param>
/// <param name="logger">Where faults are told in full.</param>
internal sealed class MethodTable(IEnumerable<IGatewayMethod> methods, IEnumerable<IGatewayNotice> notices, ILogger<MethodTable> logger)
{
    private readonly FrozenDictionary<string, IGatewayMethod> _methods = methods.ToFrozenDictionary(method => method.Name, StringComparer.Ordinal);
    private readonly FrozenDictionary<string, IGatewayNotice> _notices = notices.ToFrozenDictionary(notice => notice.Name, StringComparer.Ordinal);

    /// <summary>Works on a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">The client cancelled, or is gone.</param>
    /// <returns>The answer; <see langword="null"/> for none, because the client cancelled.</returns>
    public async Task<JsonRpcMessage?> RunAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        string name = request.Message.Method!;
        bool stateless = request.Session.Profile?.IsStateless == true;
        if (!_methods.TryGetValue(name, out IGatewayMethod? method) || !ProtocolRevisions.Offers(request.Session.Profile?.Revision, name))
        {
            return Rpc.Error(request.Id, RpcCodes.MethodNotFound, $"The method '{name}' is not offered.");
        }

        if (request.Session.Profile is null && name is not (McpMethods.Initialize or McpMethods.Ping))
        {
            return Rpc.Error(request.Id, RpcCodes.InvalidRequest, "The session is not initialized: send 'initialize' first.");
        }

        try
        {
            JsonRpcMessage answer = await method.RunAsync(request, cancellationToken).ConfigureAwait(false);
            return cancellationToken.IsCancellationRequested ? null : stateless ? ProtocolRevisions.Finish(name, Explain(request, answer)) : answer;
        }
        catch (RpcException refused)
        {
            JsonRpcError error = Rpc.Error(request.Id, refused.Code, refused.Message, refused.Details);
            return stateless ? ProtocolRevisions.Finish(name, error) : error;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return null;
        }
#pragma warning disable CA1031 // A fault ends the request, not the session; its detail is for the log alone.
        catch (Exception error)
#pragma warning restore CA1031
        {
            GatewayLog.Failed(logger, error, name, request.Session.Id);
            return Rpc.Error(request.Id, RpcCodes.InternalError, $"Bridge failed on '{name}'. Its log has the detail under the session '{request.Session.Id[..8]}'.");
        }
    }

    // A failure because the client could not be asked is told as what it is: the client may declare it and try again.
    private static JsonRpcMessage Explain(GatewayRequest request, JsonRpcMessage answer)
    {
        bool failed = answer is JsonRpcError || (answer is JsonRpcResponse { Result: JsonObject result } && result["isError"] is JsonValue value && value.TryGetValue(out bool error) && error);
        return failed && request.MissingCapability is { } missing
            ? Rpc.Error(
                request.Id,
                RpcCodes.MissingCapability,
                $"The server needs a client that declares '{missing}'.",
                new JsonObject { ["requiredCapabilities"] = new JsonObject { [missing] = new JsonObject() } })
            : answer;
    }

    /// <summary>Hears a notification of a client; one that nobody knows is ignored.</summary>
    /// <param name="session">Whose it is.</param>
    /// <param name="message">The notification.</param>
    /// <param name="cancellationToken">The session ended.</param>
    /// <returns>When it was heard.</returns>
    public async Task HearAsync(GatewaySession session, RpcMessage message, CancellationToken cancellationToken)
    {
        if (!_notices.TryGetValue(message.Method!, out IGatewayNotice? notice))
        {
            return;
        }

        try
        {
            await notice.HearAsync(session, message, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Nobody waits for an answer to be told in.
        catch (Exception error)
#pragma warning restore CA1031
        {
            GatewayLog.Failed(logger, error, message.Method!, session.Id);
        }
    }
}
