using System.Security.Cryptography;
using System.Text.Json;

namespace Bridge.Tools;

/// <summary>A proposal that passed validation: these bytes were validated, and these bytes are sent, hashed and audited.</summary>
/// <param name="Id">The call's id, unique within its prompt.</param>
/// <param name="Tool">The tool to call.</param>
/// <param name="Arguments">The arguments: one JSON object, UTF-8.</param>
public sealed record ToolCall(string Id, Tool Tool, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>The arguments, parsed.</summary>
    /// <returns>The arguments as a JSON object, detached from any document.</returns>
    public JsonElement ParseArguments()
    {
        using JsonDocument document = JsonDocument.Parse(Arguments);
        return document.RootElement.Clone();
    }

    /// <summary>SHA-256 of the argument bytes in lower-case hex: what an approval and an audit record bind.</summary>
    /// <returns>The hash, 64 characters; computed anew each time.</returns>
    public string HashArguments() => Convert.ToHexStringLower(SHA256.HashData(Arguments.Span));
}
