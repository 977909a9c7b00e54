using System.Text.Json.Serialization;

namespace Bridge.Http.Contracts;

/// <summary>The answer of <c>POST /v1/chat/completions</c>, in OpenAI's form.</summary>
public sealed record ChatCompletionContract
{
    /// <summary>The completion's id.</summary>
    public required string Id { get; init; }

    /// <summary>What this is: <c>chat.completion</c>.</summary>
    public string Object { get; init; } = "chat.completion";

    /// <summary>When it was made, in seconds since 1970.</summary>
    public required long Created { get; init; }

    /// <summary>The responder that wrote it.</summary>
    public required string Model { get; init; }

    /// <summary>The one answer.</summary>
    public required IReadOnlyList<ChoiceContract> Choices { get; init; }

    /// <summary>The responder's tokens; zeros when it does not say.</summary>
    public required ChatUsageContract Usage { get; init; }

    /// <summary>What became of the prompt. Calls that Bridge executed are here and never in <c>tool_calls</c>: a client would execute them again.</summary>
    public required ToolCallingContract Bridge { get; init; }
}

/// <summary>One answer, in OpenAI's form.</summary>
/// <param name="Index">Its place.</param>
/// <param name="Message">The message.</param>
/// <param name="FinishReason">Why it ends.</param>
public sealed record ChoiceContract(int Index, ChatMessageContract Message, string FinishReason)
{
    /// <summary>Always <see langword="null"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Logprobs { get; init; }
}

/// <summary>The assistant's message, in OpenAI's form.</summary>
/// <param name="Content">The text.</param>
public sealed record ChatMessageContract(string Content)
{
    /// <summary>Who speaks: <c>assistant</c>.</summary>
    public string Role { get; init; } = "assistant";

    /// <summary>What the responder said instead of an answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public string? Refusal { get; init; }
}

/// <summary>Tokens, in OpenAI's form.</summary>
/// <param name="PromptTokens">Tokens read.</param>
/// <param name="CompletionTokens">Tokens written.</param>
/// <param name="TotalTokens">Both.</param>
public sealed record ChatUsageContract(long PromptTokens, long CompletionTokens, long TotalTokens);
