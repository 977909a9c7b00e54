using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>Sets of JSON types.</summary>
[Flags]
internal enum JsonKinds
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Integer = 4,
    Number = 8,
    String = 16,
    Array = 32,
    Object = 64,
    All = Null | Boolean | Number | String | Array | Object,
}

/// <summary>The types of values, and their names.</summary>
internal static class JsonKindNames
{
    private static readonly (JsonKinds Kind, string Name, string Noun)[] s_names =
    [
        (JsonKinds.Null, "null", "null"), (JsonKinds.Boolean, "boolean", "a boolean"), (JsonKinds.Integer, "integer", "an integer"),
        (JsonKinds.Number, "number", "a number"), (JsonKinds.String, "string", "a string"), (JsonKinds.Array, "array", "an array"),
        (JsonKinds.Object, "object", "an object"),
    ];

    /// <summary>In the order of <see cref="JsonValueKind"/>.</summary>
    private static ReadOnlySpan<byte> KindsByValueKind =>
    [
        (byte)JsonKinds.None, (byte)JsonKinds.Object, (byte)JsonKinds.Array, (byte)JsonKinds.String, (byte)JsonKinds.Number,
        (byte)JsonKinds.Boolean, (byte)JsonKinds.Boolean, (byte)JsonKinds.Null,
    ];

    /// <summary>The type of a value; numbers are <see cref="JsonKinds.Number"/>, whole or not.</summary>
    public static JsonKinds KindOf(JsonValueKind kind) => (JsonKinds)KindsByValueKind[(int)kind];

    /// <summary>The type a schema names; <see cref="JsonKinds.None"/> when there is none of that name.</summary>
    public static JsonKinds Parse(string name) => Array.Find(s_names, entry => entry.Name == name).Kind;

    /// <summary>Types as a sentence names them: <c>a string or null</c>.</summary>
    public static string Nouns(JsonKinds kinds) => string.Join(" or ", Shown(kinds).Select(entry => entry.Noun));

    /// <summary>Types as a schema names them: <c>string or null</c>.</summary>
    public static string Names(JsonKinds kinds) => string.Join(" or ", Shown(kinds).Select(entry => entry.Name));

    /// <summary>A value's type and, where it is short, the value: <c>the string '5'</c>.</summary>
    public static string Describe(JsonValue value) => value.Kind switch
    {
        JsonValueKind.String => $"the string {JsonText.Describe(value)}",
        JsonValueKind.Number => $"the number {JsonText.Describe(value)}",
        _ => JsonText.Describe(value),
    };

    private static IEnumerable<(JsonKinds Kind, string Name, string Noun)> Shown(JsonKinds kinds) => s_names.Where(
        entry => kinds.HasFlag(entry.Kind) && !(entry.Kind == JsonKinds.Integer && kinds.HasFlag(JsonKinds.Number)));
}
