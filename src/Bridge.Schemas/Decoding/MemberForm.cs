using System.Text.Json;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Decoding;

/// <summary>How the members of an object are written one by one, rather than as JSON: with tags, or as the arguments of a Python call.</summary>
public sealed record MemberForm
{
    /// <summary>What stands before a member's name.</summary>
    public required string Open { get; init; }

    /// <summary>What stands between two members.</summary>
    public string Separator { get; init; } = "";

    /// <summary>How strings are written.</summary>
    public required MemberValue String { get; init; }

    /// <summary>How numbers are written.</summary>
    public required MemberValue Number { get; init; }

    /// <summary>How <c>true</c> and <c>false</c> are written.</summary>
    public required MemberValue Boolean { get; init; }

    /// <summary>How <c>null</c> is written.</summary>
    public required MemberValue Null { get; init; }

    /// <summary>How arrays are written.</summary>
    public required MemberValue Array { get; init; }

    /// <summary>How objects are written.</summary>
    public required MemberValue Object { get; init; }

    /// <summary>The form as a member of each kind shows it, for people.</summary>
    public override string ToString() => $"{Open}«name»{String.Middle}«value»{String.Close}" + (Separator.Length > 0 ? $"«{Separator}»" : "");

    /// <summary>The texts around names and values.</summary>
    public IEnumerable<string> FixedTexts => [Open, Separator, .. new[] { String, Number, Boolean, Null, Array, Object }.SelectMany(value => value.FixedTexts)];

    /// <summary>What every member has between its name and its value.</summary>
    internal string Shared => new[] { Number, Boolean, Null, Array, Object }.Aggregate(
        String.Middle, (shared, value) => shared[..shared.AsSpan().CommonPrefixLength(value.Middle)]);

    /// <summary>Whether members can be told apart: something ends every name, and something every string.</summary>
    public bool IsReadable => Shared.Length > 0 && !ValueNotation.IsBare(Shared[..1]) && Separator.Length + Open.Length > 0
        && (!String.Notation.IsPlain || String.Close.Length > 0);

    /// <summary>Whether a name can stand as it is.</summary>
    internal bool Takes(string name) => name.Length > 0 && !name.Contains(Shared, StringComparison.Ordinal) && !name.Any(char.IsControl);

    /// <summary>Whether a text without quotes ends where it is to end.</summary>
    internal bool CanClose(string text) => String.Notation.HasSections && TextSection.Holds(text) ? TextSection.Takes(text) : ClosedTexts.IsClosed(text, String.Close);

    /// <summary>What stands between <see cref="Shared"/> and a value.</summary>
    internal string RestOf(MemberValue value) => value.Middle[Shared.Length..];

    /// <summary>A value with all that stands between <see cref="Shared"/> and the next member.</summary>
    internal string Rest(JsonElement value)
    {
        MemberValue way = Of(MemberKinds.Of(value));
        string text = value.ValueKind != JsonValueKind.String || !way.Notation.IsPlain ? way.Notation.Write(value)
            : way.Notation.HasSections && TextSection.Holds(value.GetString()!) ? TextSection.Of(value.GetString()!)
            : value.GetString()!;
        return RestOf(way) + text + way.Close;
    }

    /// <summary>How values of a kind are written.</summary>
    internal MemberValue Of(JsonKinds kind) => kind switch
    {
        JsonKinds.String => String,
        JsonKinds.Number or JsonKinds.Integer => Number,
        JsonKinds.Boolean => Boolean,
        JsonKinds.Null => Null,
        JsonKinds.Array => Array,
        _ => Object,
    };
}

/// <summary>How a member's value is written.</summary>
/// <param name="Middle">What stands between the name and the value.</param>
/// <param name="Close">What stands after the value.</param>
/// <param name="Notation">The value itself.</param>
public sealed record MemberValue(string Middle, string Close, ValueNotation Notation)
{
    /// <summary>The texts around the value and within it.</summary>
    public IEnumerable<string> FixedTexts => [Middle, Close, .. Notation.Quotes.Select(quote => quote.Mark)];
}
