using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Json;
using Bridge.Schemas.Patterns;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>Reads what is said about objects.</summary>
internal static class ObjectReader
{
    public static void Read(SchemaScope scope, List<Keyword> keywords)
    {
        AssertionReader.AddSize(scope, keywords, "minProperties", JsonKinds.Object);
        AssertionReader.AddSize(scope, keywords, "maxProperties", JsonKinds.Object);
        if (scope.Node("propertyNames") is { } names)
        {
            keywords.Add(new PropertyNamesKeyword(names));
        }

        ReadMembers(scope, keywords);
        if (!scope.Dialect.IsDraft7)
        {
            ReadDependencies(scope, keywords, "dependentRequired", mayBeSchema: false, mayBeNames: true);
            ReadDependencies(scope, keywords, "dependentSchemas", mayBeSchema: true, mayBeNames: false);
        }

        ReadDependencies(scope, keywords, "dependencies", mayBeSchema: true, mayBeNames: true);
    }

    private static void ReadMembers(SchemaScope scope, List<Keyword> keywords)
    {
        ImmutableArray<string> required = scope.TryGetAssertion("required", out JsonElement list) ? scope.Names("required", list) : [];
        var isRequired = new HashSet<string>(required, StringComparer.Ordinal);
        var entries = new List<PropertyEntry>();
        foreach ((string name, JsonElement value, string pointer) in scope.Entries("properties"))
        {
            if (entries.Exists(entry => entry.Name == name))
            {
                throw scope.Malformed("properties", $"declares '{JsonText.Cap(name)}' twice; keep one");
            }

            entries.Add(new PropertyEntry(name, scope.Compile(value, pointer), isRequired.Remove(name)));
        }

        entries.AddRange(required.Where(isRequired.Contains).Select(name => new PropertyEntry(name, null, Required: true)));
        ImmutableArray<(EcmaPattern, SchemaNode)> patterns =
        [
            .. scope.Entries("patternProperties").Select(entry =>
                (AssertionReader.Pattern(scope, "patternProperties", entry.Name), scope.Compile(entry.Value, entry.Pointer))),
        ];
        SchemaNode? additional = scope.Node("additionalProperties");
        if (scope.Has("properties") || entries.Count > 0 || patterns.Length > 0 || additional is not null)
        {
            keywords.Add(new ObjectKeyword
            {
                Table = new PropertyTable(entries),
                Patterns = patterns,
                Additional = additional,
                RefusesCaseVariants = scope.Options.RefuseCaseVariants,
            });
        }
    }

    private static void ReadDependencies(SchemaScope scope, List<Keyword> keywords, string keyword, bool mayBeSchema, bool mayBeNames)
    {
        var entries = new List<(string Name, ImmutableArray<string> Required, SchemaNode? Node)>();
        foreach ((string name, JsonElement value, string pointer) in scope.Entries(keyword))
        {
            bool isNames = value.ValueKind == JsonValueKind.Array;
            if (isNames ? !mayBeNames : !mayBeSchema)
            {
                throw scope.Malformed(keyword, mayBeNames ? "must hold lists of names" : "must hold schemas");
            }

            entries.Add(isNames ? (name, scope.Names(keyword, value), null) : (name, [], scope.Compile(value, pointer)));
        }

        bool applies = entries.Count > 0 && (keyword != "dependentRequired" || scope.Dialect.Validates);
        if (applies)
        {
            keywords.Add(new DependencyKeyword(keyword, [.. entries]));
        }
    }
}
