using System.Text.Json;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Mcp.Tests.Fixtures;

/// <summary>A person who answers every question in the same way.</summary>
internal sealed class Interaction(string? elicited, string? sampled = null) : IUserInteraction
{
    public List<string> Questions { get; } = [];

    public ValueTask<bool?> ApproveAsync(ToolCall call, string reason, CancellationToken cancellationToken) => ValueTask.FromResult<bool?>(true);

    public ValueTask<JsonElement?> ElicitAsync(string source, string message, JsonElement schema, CancellationToken cancellationToken)
    {
        Questions.Add($"{source}: {message} {schema.GetProperty("required")[0]}");
        return ValueTask.FromResult<JsonElement?>(elicited is null ? null : JsonElement.Parse(elicited));
    }

    public ValueTask<ChatResponse?> SampleAsync(string source, IReadOnlyList<ChatMessage> messages, ChatOptions options, CancellationToken cancellationToken)
    {
        Questions.Add($"{source}: {options.Instructions} {messages[0].Text}");
        return ValueTask.FromResult(sampled is null ? null : new ChatResponse(new ChatMessage(ChatRole.Assistant, sampled)) { ModelId = "test-model" });
    }
}
