using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Bridge.Tools;

/// <summary>How to reach the person behind a call. Each method may be asked from several calls at once.</summary>
public interface IUserInteraction
{
    /// <summary>Asks for consent to exactly this call.</summary>
    /// <param name="call">The snapshot that would run.</param>
    /// <param name="reason">Why consent is needed.</param>
    /// <param name="cancellationToken">Ends the question; the call counts as not approved.</param>
    /// <returns>Whether the person approved; <see langword="null"/> when nobody could be asked.</returns>
    ValueTask<bool?> ApproveAsync(ToolCall call, string reason, CancellationToken cancellationToken);

    /// <summary>Asks the person for input a tool needs (MCP elicitation).</summary>
    /// <param name="source">The source that asks.</param>
    /// <param name="message">What it asks.</param>
    /// <param name="schema">The JSON Schema of the answer.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>The answer; <see langword="null"/> when it was declined or nobody could be asked.</returns>
    ValueTask<JsonElement?> ElicitAsync(string source, string message, JsonElement schema, CancellationToken cancellationToken);

    /// <summary>Lets the client's model answer for a tool (MCP sampling).</summary>
    /// <param name="source">The source that asks.</param>
    /// <param name="messages">The messages to answer.</param>
    /// <param name="options">How to answer.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The answer; <see langword="null"/> when sampling is not offered.</returns>
    ValueTask<ChatResponse?> SampleAsync(
        string source, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken);
}
