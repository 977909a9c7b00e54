using System.Collections.Concurrent;
using System.Text.Json;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.TestKit;

/// <summary>A person who answers as the test says; by default there is nobody to elicit from or to sample with.</summary>
public sealed class FakeUserInteraction : IUserInteraction
{
    /// <summary>How the person answers a question for consent.</summary>
    public Func<ToolCall, string, CancellationToken, ValueTask<bool?>> Approve { get; init; } = (_, _, _) => new((bool?)null);

    /// <summary>How the person answers a tool's question.</summary>
    public Func<string, string, JsonElement, JsonElement?> Elicit { get; init; } = (_, _, _) => null;

    /// <summary>How the client's model answers.</summary>
    public Func<string, IReadOnlyList<ChatMessage>, ChatResponse?> Sample { get; init; } = (_, _) => null;

    /// <summary>The calls the person was asked about, with the reasons.</summary>
    public ConcurrentQueue<(ToolCall Call, string Reason)> Asked { get; } = new();

    /// <summary>A person who always answers the same.</summary>
    public static FakeUserInteraction Answering(bool? answer) => new() { Approve = (_, _, _) => new(answer) };

    /// <inheritdoc/>
    public ValueTask<bool?> ApproveAsync(ToolCall call, string reason, CancellationToken cancellationToken)
    {
        Asked.Enqueue((call, reason));
        return Approve(call, reason, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<JsonElement?> ElicitAsync(string source, string message, JsonElement schema, CancellationToken cancellationToken) =>
        new(Elicit(source, message, schema));

    /// <inheritdoc/>
    public ValueTask<ChatResponse?> SampleAsync(
        string source, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken) =>
        new(Sample(source, messages));
}
