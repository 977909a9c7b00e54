using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Configuration;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Results;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Methods;

/// <summary><c>resources/read</c>: asks the server whose resource it is.</summary>
/// <param name="lists">What clients see.</param>
/// <param name="results">Results that were too large for their clients.</param>
/// <param name="options">How much one answer holds.</param>
internal sealed class ResourcesReadMethod(GatewayLists lists, ResultStore results, IOptionsMonitor<BridgeOptions> options)
    : ResourceMethod(McpMethods.ResourcesRead, lists)
{
    private const string Offset = "?offset=";

    /// <inheritdoc/>
    protected override JsonRpcMessage? TryOwn(GatewayRequest request, string uri)
    {
        if (!uri.StartsWith(ResultStore.Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        string[] parts = uri[ResultStore.Prefix.Length..].Split(Offset);
        long offset = 0;
        bool read = parts.Length == 1 || (parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out offset));
        return read && results.Find(parts[0], request.Session.Identity) is { } kept
            ? request.Result(kept.Read(ResultStore.Prefix + parts[0], offset, options.CurrentValue.Limits.MaxGatewayResultBytes))
            : throw new RpcException(RpcCodes.ResourceNotFound, $"Resource not found: '{uri}'. A kept result is there for a while, for the client that called.", details: new JsonObject { ["uri"] = uri });
    }

    /// <inheritdoc/>
    protected override async Task<JsonRpcMessage> RunAsync(GatewayRequest request, string uri, Located where, CancellationToken cancellationToken)
    {
        JsonRpcMessage answer = await SendAsync(request, where, cancellationToken).ConfigureAwait(false);
        if (answer is JsonRpcError { Error: { Code: RpcCodes.ResourceNotFound, Data: null } missing })
        {
            missing.Data = new JsonObject { ["uri"] = uri };
        }

        return answer;
    }
}
