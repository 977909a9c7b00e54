using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Bridge.Calling;
using Bridge.Prompts;

namespace Bridge.Http.Contracts;

/// <summary>The body of <c>POST /v1/prompts/tool-call</c>.</summary>
public sealed record ToolCallRequest
{
    /// <summary>The messages, in the form of OpenAI's chat completions API, oldest first.</summary>
    [JsonConverter(typeof(MessagesConverter))]
    public required ImmutableArray<PromptMessage> Messages { get; init; }

    /// <summary>The tool caller, such as <c>ollama/qwen3:0.6b</c>; <see langword="null"/> for the configured cascade.</summary>
    public string? Caller { get; init; }

    /// <summary><c>"auto"</c>, <c>"none"</c>, <c>"required"</c> or a function by name; <see langword="null"/> for <c>"auto"</c>.</summary>
    [JsonConverter(typeof(ToolChoiceConverter))]
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>The only tools that may be called: ids, unambiguous names, or globs over ids; <see langword="null"/> for all.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Whether valid calls are executed; <see langword="null"/> for yes.</summary>
    public bool? Execute { get; init; }

    /// <summary>The most calls; <see langword="null"/> for the configured number, which it cannot exceed.</summary>
    public int? MaxCalls { get; init; }

    /// <summary>How long everything may take, in milliseconds; <see langword="null"/> for the configured time, which it cannot exceed.</summary>
    public int? TimeoutMs { get; init; }
}
