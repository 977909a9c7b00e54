using System.Collections.Frozen;
using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Outcomes;

/// <summary>How statuses and kinds are written in JSON, metrics and the audit: snake_case.</summary>
internal static class OutcomeNames
{
    private static readonly FrozenDictionary<CallStatus, string> s_statuses =
        Enum.GetValues<CallStatus>().ToFrozenDictionary(status => status, status => Name(status.ToString()));

    private static readonly FrozenDictionary<ReasonKind, string> s_kinds =
        Enum.GetValues<ReasonKind>().ToFrozenDictionary(kind => kind, kind => Name(kind.ToString()));

    private static readonly FrozenDictionary<AttemptResult, string> s_attempts =
        Enum.GetValues<AttemptResult>().ToFrozenDictionary(result => result, result => Name(result.ToString()));

    private static readonly FrozenDictionary<PromptOutcome, string> s_prompts =
        Enum.GetValues<PromptOutcome>().ToFrozenDictionary(outcome => outcome, outcome => Name(outcome.ToString()));

    private static readonly FrozenDictionary<ResultFlaw, string> s_flaws =
        Enum.GetValues<ResultFlaw>().ToFrozenDictionary(flaw => flaw, flaw => Name(flaw.ToString()));

    /// <summary>The name of a status, such as <c>tool_error</c>.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The name.</returns>
    public static string Of(CallStatus status) => s_statuses[status];

    /// <summary>The name of a kind, such as <c>timed_out</c>.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>The name.</returns>
    public static string Of(ReasonKind kind) => s_kinds[kind];

    /// <summary>The name of what came of an attempt, such as <c>no_call</c>.</summary>
    /// <param name="result">What came of it.</param>
    /// <returns>The name.</returns>
    public static string Of(AttemptResult result) => s_attempts[result];

    /// <summary>The name of what became of a prompt, such as <c>needs_approval</c>.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <returns>The name.</returns>
    public static string Of(PromptOutcome outcome) => s_prompts[outcome];

    /// <summary>The name of a flaw, such as <c>forms_differ</c>.</summary>
    /// <param name="flaw">The flaw.</param>
    /// <returns>The name.</returns>
    public static string Of(ResultFlaw flaw) => s_flaws[flaw];

    private static string Name(string member) => JsonNamingPolicy.SnakeCaseLower.ConvertName(member);
}
