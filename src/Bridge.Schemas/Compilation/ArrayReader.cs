using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>Reads what is said about arrays.</summary>
internal static class ArrayReader
{
    public static void Read(SchemaScope scope, List<Keyword> keywords)
    {
        AssertionReader.AddSize(scope, keywords, "minItems", JsonKinds.Array);
        AssertionReader.AddSize(scope, keywords, "maxItems", JsonKinds.Array);
        ReadItems(scope, keywords);
        ReadContains(scope, keywords);
        if (!scope.TryGetAssertion("uniqueItems", out JsonElement unique))
        {
            return;
        }

        if (unique.ValueKind == JsonValueKind.True)
        {
            keywords.Add(new UniqueItemsKeyword());
        }
        else if (unique.ValueKind != JsonValueKind.False)
        {
            throw scope.Malformed("uniqueItems", "must be true or false");
        }
    }

    private static void ReadItems(SchemaScope scope, List<Keyword> keywords)
    {
        bool isTuple = scope.TryGet("items", out JsonElement items) && items.ValueKind == JsonValueKind.Array;
        if (isTuple && scope.Dialect is { IsDraft7: false, IsDeclared: true })
        {
            throw scope.Malformed("items", "must be a schema; a list of schemas is written 'prefixItems'");
        }

        bool usesPrefix = scope.Dialect.HasPrefixItems && scope.Has("prefixItems");
        ImmutableArray<SchemaNode> prefix = usesPrefix ? scope.Nodes("prefixItems") : isTuple ? scope.Nodes("items", mayBeEmpty: true) : [];
        SchemaNode? rest = isTuple ? scope.Node("additionalItems") : scope.Node("items");
        if (prefix.Length > 0 || rest is not null)
        {
            keywords.Add(new ItemsKeyword(prefix, rest));
        }
    }

    private static void ReadContains(SchemaScope scope, List<Keyword> keywords)
    {
        bool draft7 = scope.Dialect.IsDraft7;
        int? min = draft7 ? null : scope.Count("minContains");
        int? max = draft7 ? null : scope.Count("maxContains");
        if (scope.Node("contains") is { } node)
        {
            keywords.Add(new ContainsKeyword(node, min ?? 1, max, marks: !draft7));
        }
    }
}
