using System.Text.Json;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Signatures;

/// <summary>The types of parameters and those of JSON.</summary>
internal static class ParameterTypes
{
    private static readonly (ParameterType Type, JsonKinds Kind, string Name)[] s_types =
    [
        (ParameterType.String, JsonKinds.String, "string"), (ParameterType.Integer, JsonKinds.Integer, "integer"),
        (ParameterType.Number, JsonKinds.Number, "number"), (ParameterType.Boolean, JsonKinds.Boolean, "boolean"),
        (ParameterType.Object, JsonKinds.Object, "object"), (ParameterType.Array, JsonKinds.Array, "array"),
        (ParameterType.Null, JsonKinds.Null, "null"), (ParameterType.Any, JsonKinds.None, "any"),
    ];

    /// <summary>Every type.</summary>
    public const JsonKinds All = JsonKinds.All | JsonKinds.Integer;

    /// <summary>The types with the whole numbers among the numbers.</summary>
    public static JsonKinds Widen(JsonKinds kinds) => kinds.HasFlag(JsonKinds.Number) ? kinds | JsonKinds.Integer : kinds;

    public static JsonKinds KindOf(ParameterType type) => Array.Find(s_types, entry => entry.Type == type).Kind;

    public static JsonKinds KindsOf(IEnumerable<ParameterType> types) => types.Aggregate(JsonKinds.None, (kinds, type) => kinds | KindOf(type));

    /// <summary>The name a schema gives a type.</summary>
    public static string NameOf(ParameterType type) => Array.Find(s_types, entry => entry.Type == type).Name;

    /// <summary>The type of a value.</summary>
    public static ParameterType Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => ParameterType.String,
        JsonValueKind.Number => ExactNumber.Of(value).IsInteger ? ParameterType.Integer : ParameterType.Number,
        JsonValueKind.True or JsonValueKind.False => ParameterType.Boolean,
        JsonValueKind.Object => ParameterType.Object,
        JsonValueKind.Array => ParameterType.Array,
        _ => ParameterType.Any,
    };

    /// <summary>Reads the keyword <c>type</c> of a schema that compiled.</summary>
    public static IEnumerable<ParameterType> Read(JsonElement type) => type.ValueKind == JsonValueKind.Array
        ? type.EnumerateArray().Select(name => Parse(name.GetString()!))
        : [Parse(type.GetString()!)];

    private static ParameterType Parse(string name) => Array.Find(s_types, entry => entry.Name == name).Type;
}
