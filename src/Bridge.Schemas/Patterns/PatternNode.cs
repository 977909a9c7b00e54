using System.Collections.Immutable;

namespace Bridge.Schemas.Patterns;

/// <summary>A regular expression as ECMA-262 means it.</summary>
internal abstract record PatternNode;

/// <summary>One code point out of a set.</summary>
internal sealed record SetNode(CodePointSet Set) : PatternNode;

/// <summary>One after the other; empty matches the empty text.</summary>
internal sealed record SequenceNode(ImmutableArray<PatternNode> Parts) : PatternNode;

/// <summary>Either of several.</summary>
internal sealed record ChoiceNode(ImmutableArray<PatternNode> Options) : PatternNode;

/// <summary>Repeated; <paramref name="Max"/> is <see langword="null"/> when unbounded.</summary>
internal sealed record RepeatNode(PatternNode Body, int Min, int? Max, bool Lazy) : PatternNode;

/// <summary>A capturing group.</summary>
internal sealed record CaptureNode(PatternNode Body, int Number) : PatternNode;

/// <summary>What an earlier group captured.</summary>
internal sealed record BackreferenceNode(int Number) : PatternNode;

/// <summary>A position.</summary>
internal sealed record AnchorNode(AnchorKind Kind) : PatternNode;

/// <summary>A look at what follows or precedes.</summary>
internal sealed record LookNode(PatternNode Body, bool Behind, bool Negated) : PatternNode;

/// <summary>The positions a pattern can name.</summary>
internal enum AnchorKind
{
    Start,
    End,
    WordBoundary,
    NotWordBoundary,
}
