using System.Collections.Immutable;

namespace Bridge.Calling;

/// <summary>What a tool caller proposed, not yet trusted.</summary>
public sealed record Proposal
{
    /// <summary>The proposal to call nothing.</summary>
    public static Proposal NoCall { get; } = new();

    /// <summary>The calls, in order; empty for no call.</summary>
    public ImmutableArray<ProposedCall> Calls { get; init; } = [];

    /// <summary>How sure the caller is of this choice, no call included, 0 to 1; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>What the model wrote beside or instead of calls.</summary>
    public string? Text { get; init; }

    /// <summary>Why nothing is proposed, or what is doubtful, in a sentence; <see langword="null"/> when the caller does not say.</summary>
    public string? Explanation { get; init; }

    /// <summary>Tokens read; <see langword="null"/> when unknown.</summary>
    public long? InputTokens { get; init; }

    /// <summary>Tokens written; <see langword="null"/> when unknown.</summary>
    public long? OutputTokens { get; init; }
}

/// <summary>One proposed call.</summary>
/// <param name="WireName">The tool's name as the model wrote it.</param>
/// <param name="Arguments">The arguments as the model wrote them: UTF-8, supposedly a JSON object.</param>
public sealed record ProposedCall(string WireName, ReadOnlyMemory<byte> Arguments)
{
    /// <summary>The id the model gave the call; <see langword="null"/> when it gave none.</summary>
    public string? Id { get; init; }

    /// <summary>How sure the caller is of this call, 0 to 1; <see langword="null"/> when it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>How sure the caller is of each argument, 0 to 1, by its name; empty when it does not say.</summary>
    public ImmutableDictionary<string, double> ArgumentConfidence { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>What each argument was made of, by its name (members of objects as <c>OBJECT.MEMBER</c>); empty when the caller does not say.</summary>
    public ImmutableDictionary<string, ArgumentEvidence> Evidence { get; init; } = ImmutableDictionary<string, ArgumentEvidence>.Empty;
}
