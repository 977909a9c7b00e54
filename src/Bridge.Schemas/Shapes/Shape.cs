using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>One form a value may have.</summary>
internal abstract record Shape;

/// <summary>One of a few values: constants, <c>true</c>, <c>false</c>, <c>null</c>.</summary>
internal sealed record LiteralShape(ImmutableArray<JsonElement> Values) : Shape;

/// <summary>A string; the machine reads what stands between its quotes.</summary>
internal sealed record TextShape(TextMachine Machine, TextRule Rule) : Shape;

/// <summary>A number.</summary>
/// <param name="Machine">The machine that reads it.</param>
/// <param name="Range">Its bounds, and the divisors that the machine follows.</param>
/// <param name="Divisors">Every divisor that the schema names.</param>
internal sealed record NumberShape(ByteMachine Machine, NumberRange Range, ImmutableArray<ExactNumber> Divisors) : Shape;

/// <summary>An array: the first items by position, the rest alike.</summary>
/// <param name="Prefix">The items by position.</param>
/// <param name="Rest">Every further item; <see langword="null"/> when there is none.</param>
/// <param name="Min">The least number of items.</param>
/// <param name="Max">The greatest number of items.</param>
internal sealed record ListShape(ImmutableArray<Goal> Prefix, Goal? Rest, int Min, int Max) : Shape
{
    /// <summary>What stands at a position; <see langword="null"/> when nothing does.</summary>
    public Goal? At(int position) => position < Prefix.Length ? Prefix[position] : Rest;
}

/// <summary>An object: members in the order of the schema, then others.</summary>
/// <param name="Members">The members that have a name in the schema.</param>
/// <param name="Others">The values of members with names of their own; <see langword="null"/> when there are none.</param>
/// <param name="Keywords">What the schemas say of members.</param>
internal sealed record RecordShape(ImmutableArray<ShapeMember> Members, Goal? Others, ImmutableArray<ObjectKeyword> Keywords) : Shape
{
    /// <summary>Finds a member; <see langword="null"/> when the schema names none of that name.</summary>
    public ShapeMember? Find(string name)
    {
        foreach (ShapeMember member in Members)
        {
            if (member.Name == name)
            {
                return member;
            }
        }

        return null;
    }

    /// <summary>Whether a schema forbids a member, whatever its value.</summary>
    public bool Forbids(string name) => Keywords.Any(keyword =>
        keyword.Table.Find(name) is var index && keyword.Patterns.IsEmpty
        && (index >= 0 ? keyword.Table.Entries[index].Node is { IsFalse: true } : keyword.Additional is { IsFalse: true }));
}

/// <summary>A member of an object.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Goal">What its value must satisfy.</param>
/// <param name="Required">Whether it must be there.</param>
internal sealed record ShapeMember(string Name, Goal Goal, bool Required);

/// <summary>What is asked of a string.</summary>
/// <param name="Patterns">The regular expressions that the automaton follows, as written.</param>
/// <param name="Formats">The formats that it follows.</param>
/// <param name="Min">The least number of characters.</param>
/// <param name="Max">The greatest number of characters; <see langword="null"/> when the schema sets none.</param>
internal sealed record TextRule(ImmutableArray<string> Patterns, ImmutableArray<string> Formats, int Min, int? Max);
