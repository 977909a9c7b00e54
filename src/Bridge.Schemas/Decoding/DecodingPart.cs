using System.Collections.Immutable;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Decoding;

/// <summary>A piece of what is decoded: text as it stands, a value of a schema, members one by one, pieces in a row, or one of several.</summary>
public abstract record DecodingPart
{
    private DecodingPart()
    {
    }

    /// <summary>Text that is written as it stands.</summary>
    /// <param name="Value">The text; may be empty.</param>
    public sealed record Text(string Value) : DecodingPart;

    /// <summary>A value of a schema, as JSON.</summary>
    /// <param name="Schema">The schema.</param>
    public sealed record Json(CompiledSchema Schema) : DecodingPart;

    /// <summary>The members of an object of a schema, written one by one.</summary>
    /// <param name="Schema">The schema; only its objects are written.</param>
    /// <param name="Form">How members are written.</param>
    public sealed record Members(CompiledSchema Schema, MemberForm Form) : DecodingPart;

    /// <summary>Pieces in a row.</summary>
    /// <param name="Parts">The pieces.</param>
    public sealed record Sequence(ImmutableArray<DecodingPart> Parts) : DecodingPart;

    /// <summary>One of several pieces.</summary>
    /// <param name="Options">The pieces, at least one.</param>
    public sealed record Choice(ImmutableArray<DecodingPart> Options) : DecodingPart;
}
