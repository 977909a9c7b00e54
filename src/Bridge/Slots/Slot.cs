using System.Collections.Frozen;
using System.Collections.Immutable;
using Bridge.Schemas.Signatures;

namespace Bridge.Slots;

/// <summary>A parameter, prepared for being filled from a text. Immutable.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Path">The members that lead to it, its own name last.</param>
/// <param name="Place">Its place among the tool's parameters.</param>
internal sealed record Slot(ToolParameter Parameter, ImmutableArray<string> Path, int Place)
{
    /// <summary>Whether a call cannot do without it.</summary>
    public bool Required { get; init; }

    /// <summary>What it is about.</summary>
    public SlotRole Role { get; init; }

    /// <summary>The stems of its name, in order.</summary>
    public ImmutableArray<string> NameStems { get; init; } = [];

    /// <summary>How strongly a word nearby says that a value is meant for this slot, 0 to 1, by stem.</summary>
    public FrozenDictionary<string, double> Cues { get; init; } = FrozenDictionary<string, double>.Empty;

    /// <summary>The values that schema or description offer.</summary>
    public ImmutableArray<Choice> Choices { get; init; } = [];

    /// <summary>Whether only the choices are allowed.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The little words that lead to its value, such as <c>from</c> for an origin; empty when any may.</summary>
    public FrozenSet<string> Leads { get; init; } = [];

    /// <summary>The parameter's type; of several the first, a string where nothing is declared.</summary>
    public ParameterType Type => Parameter.Type != ParameterType.Any ? Parameter.Type
        : Parameter.Types.IsEmpty ? ParameterType.String
        : Parameter.Types[0];

    /// <summary>The name to show to people, members separated by dots.</summary>
    public string DisplayName => string.Join('.', Path);

    /// <summary>Whether a word belongs to the slot's name.</summary>
    /// <param name="stem">The word's stem.</param>
    public bool IsNamed(string stem) => NameStems.Contains(stem);
}
