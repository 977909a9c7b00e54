using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Automata;

/// <summary>A state: it takes a code point of <see cref="Set"/> and goes on at <see cref="Target"/>, or goes on at once by a step.</summary>
internal sealed class PatternState
{
    public CodePointSet? Set { get; set; }

    public int Target { get; set; }

    public PatternStep[] Steps { get; set; } = [];
}

/// <summary>A step that takes nothing; <paramref name="At"/> is the position it needs, if any.</summary>
internal readonly record struct PatternStep(AnchorKind? At, int Target);
