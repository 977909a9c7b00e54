using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Messages;

/// <summary>A message cannot be taken, for a reason its sender is told.</summary>
/// <param name="code">The code, of <see cref="RpcCodes"/>.</param>
/// <param name="message">What is wrong and what is allowed, in a sentence.</param>
/// <param name="id">The id of the message, as far as it could be read.</param>
/// <param name="details">More, for programs.</param>
public sealed class RpcException(int code, string message, RequestId? id = null, JsonObject? details = null) : Exception(message)
{
    /// <summary>More, for programs.</summary>
    public JsonObject? Details { get; } = details;

    /// <summary>The code.</summary>
    public int Code { get; } = code;

    /// <summary>The id of the message; <see langword="null"/> when it has none that could be read.</summary>
    public RequestId? Id { get; } = id;
}
