using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Bridge.Prompts;

namespace Bridge.Http.Contracts;

/// <summary>The answer of <c>POST /v1/prompts/tool-call</c>; with <see cref="Answer"/>, of <c>bridge ask --json</c>.</summary>
public sealed record ToolCallResponse
{
    /// <summary>The messages with the calls and their results; those that came in are the same to the letter.</summary>
    [JsonConverter(typeof(MessagesConverter))]
    public required ImmutableArray<PromptMessage> Messages { get; init; }

    /// <summary>What became of the prompt.</summary>
    public required ToolCallingContract ToolCalling { get; init; }

    /// <summary>What the responder wrote; absent when none was asked.</summary>
    public string? Answer { get; init; }
}
