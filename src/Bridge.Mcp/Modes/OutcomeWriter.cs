using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Messages;
using Bridge.Outcomes;
using Bridge.Tools;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Modes;

/// <summary>Says to a client what became of its call: the server's own answer where nobody changed it, an error a model can act on otherwise.</summary>
internal static class OutcomeWriter
{
    /// <summary>Writes the answer.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="outcome">What became of the call.</param>
    /// <returns>The answer.</returns>
    public static JsonRpcMessage Write(GatewayRequest request, CallOutcome outcome) => outcome.Result switch
    {
        null => Refuse(request, outcome.Reason.Message, outcome.Reason.RetryAfter),
        { RawRepresentation: JsonRpcErrorDetail refused } => new JsonRpcError { Id = request.Id, Error = refused },
        { RawRepresentation: JsonNode raw } => request.Result(raw),
        var result => request.Result(Write(result)),
    };

    /// <summary>An error that a model can act on.</summary>
    /// <param name="request">The client's request.</param>
    /// <param name="why">What is wrong, a full sentence.</param>
    /// <param name="retryAfter">When to try again; <see langword="null"/> when time alone changes nothing.</param>
    /// <returns>The answer.</returns>
    public static JsonRpcMessage Refuse(GatewayRequest request, string why, TimeSpan? retryAfter = null)
    {
        var refusal = new JsonObject { ["content"] = new JsonArray(TextBlock(why)), ["isError"] = true };
        if (retryAfter is { } wait)
        {
            refusal["_meta"] = new JsonObject { [BridgeMeta.RetryAfter] = Math.Ceiling(wait.TotalSeconds) };
        }

        return request.Result(refusal);
    }

    /// <summary>The blocks of a result: the server's own where nobody changed them.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The blocks; copy before adding them elsewhere.</returns>
    public static IEnumerable<JsonNode?> Content(ToolResult result) =>
        result.RawRepresentation is JsonObject raw && raw["content"] is JsonArray blocks ? blocks : result.Content.Select(Write);

    /// <summary>A text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The block.</returns>
    public static JsonObject TextBlock(string text) => new() { ["type"] = "text", ["text"] = text };

    private static JsonObject Write(ToolResult result)
    {
        var written = new JsonObject { ["content"] = new JsonArray([.. result.Content.Select(Write)]) };
        if (result.Structured is { } structured)
        {
            written["structuredContent"] = JsonSerializer.SerializeToNode(structured, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonElement)));
        }

        if (result.IsError)
        {
            written["isError"] = true;
        }

        if (result.Flaw is { } flaw)
        {
            written["_meta"] = new JsonObject { [BridgeMeta.Flaw] = JsonNamingPolicy.SnakeCaseLower.ConvertName(flaw.ToString()) };
        }

        return written;
    }

    private static JsonObject Write(AIContent content) => content switch
    {
        TextContent text => TextBlock(text.Text),
        DataContent data when data.HasTopLevelMediaType("image") => DataBlock("image", data),
        DataContent data when data.HasTopLevelMediaType("audio") => DataBlock("audio", data),
        DataContent data => new JsonObject
        {
            ["type"] = "resource",
            ["resource"] = new JsonObject { ["uri"] = data.Name ?? "data:", ["mimeType"] = data.MediaType, ["blob"] = data.Base64Data.ToString() },
        },
        UriContent link => new JsonObject
        {
            ["type"] = "resource_link",
            ["uri"] = link.Uri.OriginalString,
            ["name"] = link.AdditionalProperties?["name"]?.ToString() ?? link.Uri.OriginalString,
            ["mimeType"] = link.MediaType,
        },
        ErrorContent error => TextBlock(error.Message),
        _ => TextBlock($"[{content.GetType().Name}]"),
    };

    private static JsonObject DataBlock(string type, DataContent data) =>
        new() { ["type"] = type, ["data"] = data.Base64Data.ToString(), ["mimeType"] = data.MediaType };
}
