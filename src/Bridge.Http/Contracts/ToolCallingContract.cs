using System.Text.Json;
using System.Text.Json.Serialization;
using Bridge.Outcomes;
using Bridge.Tools;

namespace Bridge.Http.Contracts;

/// <summary>What became of a prompt, as JSON.</summary>
public sealed record ToolCallingContract
{
    /// <summary>The outcome.</summary>
    public required PromptOutcome Outcome { get; init; }

    /// <summary>Why.</summary>
    public required ReasonContract Reason { get; init; }

    /// <summary>How sure the tool caller was, 0 to 1; <see langword="null"/> when it does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public double? Confidence { get; init; }

    /// <summary>The calls, in the order proposed.</summary>
    public IReadOnlyList<CallContract> Calls { get; init; } = [];

    /// <summary>Every attempt of every tool caller, in order.</summary>
    public IReadOnlyList<AttemptContract> Attempts { get; init; } = [];

    /// <summary>The version of the catalog the tools came from.</summary>
    public string CatalogVersion { get; init; } = "";
}

/// <summary>Why something ended as it did, as JSON.</summary>
/// <param name="Kind">The kind, stable.</param>
/// <param name="Message">A sentence for people.</param>
public sealed record ReasonContract(ReasonKind Kind, string Message);

/// <summary>One call, as JSON.</summary>
public sealed record CallContract
{
    /// <summary>The call's id, unique within its prompt.</summary>
    public required string Id { get; init; }

    /// <summary>The tool's id, <c>SOURCE/NAME</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>The arguments; a JSON string when the call failed because they are not JSON.</summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>What became of the call.</summary>
    public required CallStatus Status { get; init; }

    /// <summary>Why; absent when the call succeeded.</summary>
    public ReasonContract? Reason { get; init; }

    /// <summary>What the tool answered; <see langword="null"/> when it was not reached or its answer was lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public ResultContract? Result { get; init; }

    /// <summary>Whether the tool itself reported an error.</summary>
    public bool IsError { get; init; }

    /// <summary>How long the call took, in milliseconds.</summary>
    public double DurationMs { get; init; }

    /// <summary>How sure the tool caller was, 0 to 1; absent when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>What was repaired in the arguments; absent when nothing was.</summary>
    public IReadOnlyList<string>? Repairs { get; init; }
}

/// <summary>What a tool answered, as JSON.</summary>
/// <param name="Text">The text a language model reads; images and other data are named in it.</param>
public sealed record ResultContract(string Text)
{
    /// <summary>The structured result; absent when the tool gave none.</summary>
    public JsonElement? Structured { get; init; }

    /// <summary>How the result breaks the tool's own word; absent when it does not.</summary>
    public ResultFlaw? Flaw { get; init; }

    /// <summary>Images, audio and other data; absent when there are none.</summary>
    public IReadOnlyList<DataContract>? Data { get; init; }
}

/// <summary>A piece of data that a tool answered, as JSON.</summary>
/// <param name="MediaType">Its media type.</param>
/// <param name="Base64">The bytes, in base64.</param>
public sealed record DataContract(string MediaType, string Base64);

/// <summary>One proposal of one tool caller, as JSON.</summary>
public sealed record AttemptContract
{
    /// <summary>The tool caller.</summary>
    public required string Caller { get; init; }

    /// <summary>The attempt with this caller, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What came of it.</summary>
    public required AttemptResult Result { get; init; }

    /// <summary>Why it was not used; absent when it was.</summary>
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public double DurationMs { get; init; }

    /// <summary>The sampling temperature; absent for the model's own.</summary>
    public double? Temperature { get; init; }

    /// <summary>Tokens read; absent when the model does not say.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens written; absent when the model does not say.</summary>
    public long? OutputTokens { get; init; }
}
