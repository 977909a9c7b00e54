using System.Text.Json;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>What a request of the revision without sessions says of its client.</summary>
/// <param name="Revision">The revision; <see langword="null"/> when it does not say.</param>
/// <param name="Capabilities">What the client can do; undefined when it does not say.</param>
/// <param name="LogLevel">From which level on it wants log messages; <see langword="null"/> for none.</param>
/// <param name="Client">What the client calls itself; <see langword="null"/> when it does not say.</param>
public sealed record RequestMeta(string? Revision, JsonElement Capabilities, string? LogLevel, string? Client)
{
    /// <summary>Reads it.</summary>
    /// <param name="message">The request.</param>
    /// <returns>What it says.</returns>
    public static RequestMeta Of(RpcMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (message.Member("_meta") is not { ValueKind: JsonValueKind.Object } meta)
        {
            return new RequestMeta(null, default, null, null);
        }

        meta.TryGetProperty(MetaKeys.ClientCapabilities, out JsonElement capabilities);
        string? client = meta.TryGetProperty(MetaKeys.ClientInfo, out JsonElement info) && info.ValueKind == JsonValueKind.Object ? Text(info, "name") : null;
        return new RequestMeta(
            Text(meta, MetaKeys.ProtocolVersion), capabilities.ValueKind == JsonValueKind.Object ? capabilities : default, Text(meta, MetaKeys.LogLevel), client);
    }

    private static string? Text(JsonElement meta, string key) =>
        meta.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
