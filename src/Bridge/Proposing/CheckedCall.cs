using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Proposing;

/// <summary>A proposed call that names a tool of the shortlist, and what is wrong with it.</summary>
/// <param name="Call">The call; its arguments are as the model wrote them, or repaired.</param>
/// <param name="WireName">The tool's name as the model was shown it.</param>
/// <param name="Confidence">How sure the caller was; <see langword="null"/> when it does not say.</param>
/// <param name="Errors">What is wrong with the arguments, for a developer; empty for a valid call.</param>
internal sealed record CheckedCall(ToolCall Call, string WireName, double? Confidence, ImmutableArray<string> Errors)
{
    public bool IsValid => Errors.IsEmpty;

    /// <summary>What was repaired, a sentence each.</summary>
    public ImmutableArray<string> Repairs { get; init; } = [];
}
