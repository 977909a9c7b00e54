using System.Text.Json;
using Bridge.Schemas.Formats;
using Bridge.Schemas.Json;
using Bridge.Schemas.Patterns;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>Reads what is asserted of a value as a whole: its type, its values, and of numbers and strings their bounds.</summary>
internal static class AssertionReader
{
    private static readonly (string Inclusive, string Exclusive)[] s_bounds = [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")];

    public static void Read(SchemaScope scope, List<Keyword> keywords)
    {
        ReadType(scope, keywords);
        if (scope.TryGetAssertion("const", out JsonElement constant))
        {
            keywords.Add(new EnumKeyword([constant], isConst: true));
        }

        ReadEnum(scope, keywords);
        foreach ((string inclusive, string exclusive) in s_bounds)
        {
            ReadBounds(scope, keywords, inclusive, exclusive);
        }

        if (scope.TryGetAssertion("multipleOf", out JsonElement divisor))
        {
            bool positive = ExactNumber.Of(Number(scope, "multipleOf", divisor)).Sign > 0;
            keywords.Add(positive ? new MultipleOfKeyword(divisor) : throw scope.Malformed("multipleOf", "must be greater than 0"));
        }

        AddSize(scope, keywords, "minLength", JsonKinds.String);
        AddSize(scope, keywords, "maxLength", JsonKinds.String);
        if (scope.TryGetAssertion("pattern", out JsonElement pattern))
        {
            keywords.Add(new PatternKeyword(Pattern(
                scope, "pattern", pattern.ValueKind == JsonValueKind.String ? pattern.GetString()! : throw scope.Malformed("pattern", "must be a string"))));
        }

        ReadFormat(scope, keywords);
    }

    /// <summary>Adds a limit on a size where the schema has it.</summary>
    public static void AddSize(SchemaScope scope, List<Keyword> keywords, string keyword, JsonKinds kind)
    {
        if (scope.Count(keyword) is { } limit)
        {
            keywords.Add(new SizeKeyword(keyword, kind, limit));
        }
    }

    /// <summary>Compiles a regular expression.</summary>
    public static EcmaPattern Pattern(SchemaScope scope, string keyword, string source)
    {
        try
        {
            return EcmaPattern.Compile(source);
        }
        catch (PatternSyntaxException error)
        {
            throw scope.Malformed(keyword, $"must be a regular expression of ECMA-262, but in '{JsonText.Cap(source)}' {error.Message}");
        }
    }

    private static void ReadType(SchemaScope scope, List<Keyword> keywords)
    {
        if (!scope.TryGetAssertion("type", out JsonElement type))
        {
            return;
        }

        JsonKinds allowed = JsonKinds.None;
        foreach (JsonElement name in type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray()] : new[] { type })
        {
            JsonKinds kind = name.ValueKind == JsonValueKind.String ? JsonKindNames.Parse(name.GetString()!) : JsonKinds.None;
            if (kind == JsonKinds.None)
            {
                throw scope.Malformed(
                    "type", $"must be 'string', 'number', 'integer', 'boolean', 'object', 'array' or 'null', or a list of these, but it is {JsonText.Describe(name)}");
            }

            allowed |= kind;
        }

        keywords.Add(allowed == JsonKinds.None ? throw scope.Malformed("type", "must name at least one type") : new TypeKeyword(allowed));
    }

    private static void ReadBounds(SchemaScope scope, List<Keyword> keywords, string inclusive, string exclusive)
    {
        bool hasBound = scope.TryGetAssertion(inclusive, out JsonElement bound);
        bool hasExclusive = scope.TryGetAssertion(exclusive, out JsonElement other);
        bool isFlag = hasExclusive && scope.Dialect.HasFlagBounds && other.ValueKind is JsonValueKind.True or JsonValueKind.False;
        if (hasBound)
        {
            string keyword = isFlag && other.ValueKind == JsonValueKind.True ? exclusive : inclusive;
            keywords.Add(new BoundKeyword(keyword, Number(scope, inclusive, bound)));
        }

        if (hasExclusive && !isFlag)
        {
            keywords.Add(new BoundKeyword(exclusive, Number(scope, exclusive, other)));
        }
    }

    private static void ReadEnum(SchemaScope scope, List<Keyword> keywords)
    {
        if (!scope.TryGetAssertion("enum", out JsonElement values))
        {
            return;
        }

        if (values.ValueKind != JsonValueKind.Array)
        {
            throw scope.Malformed("enum", "must be a list of values");
        }

        if (values.GetArrayLength() > SchemaBudget.MaxEnumValues)
        {
            throw scope.Malformed("enum", $"has more than {SchemaBudget.MaxEnumValues} values");
        }

        keywords.Add(new EnumKeyword([.. values.EnumerateArray()], isConst: false));
    }

    private static void ReadFormat(SchemaScope scope, List<Keyword> keywords)
    {
        if (!scope.TryGet("format", out JsonElement format))
        {
            return;
        }

        if (format.ValueKind != JsonValueKind.String)
        {
            throw scope.Malformed("format", "must be a string");
        }

        bool asserts = scope.Options.AssertFormat || scope.Dialect.AssertsFormat;
        if (asserts && StringFormat.Find(format.GetString()!) is { } known)
        {
            keywords.Add(new FormatKeyword(known));
        }
    }

    private static JsonElement Number(SchemaScope scope, string keyword, JsonElement value) =>
        value.ValueKind == JsonValueKind.Number ? value : throw scope.Malformed(keyword, $"must be a number, but it is {JsonText.Describe(value)}");
}
