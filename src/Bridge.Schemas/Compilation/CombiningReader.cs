using System.Text.Json;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Compilation;

/// <summary>Reads references and combinations of schemas.</summary>
internal static class CombiningReader
{
    /// <summary>Reads a reference.</summary>
    public static void ReadReference(SchemaScope scope, List<Keyword> keywords, string keyword)
    {
        if (!scope.TryGet(keyword, out JsonElement value))
        {
            return;
        }

        string reference = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw scope.Malformed(keyword, "must be a string");
        var target = new RefKeyword { IsDynamic = keyword == "$dynamicRef" };
        scope.Refer(target, reference, JsonPointer.Append(scope.Pointer, keyword));
        keywords.Add(target);
    }

    public static void Read(SchemaScope scope, List<Keyword> keywords)
    {
        if (scope.Nodes("allOf") is { Length: > 0 } all)
        {
            keywords.Add(new AllOfKeyword(all));
        }

        if (scope.Nodes("anyOf") is { Length: > 0 } any)
        {
            keywords.Add(new AnyOfKeyword(any));
        }

        if (scope.Nodes("oneOf") is { Length: > 0 } one)
        {
            keywords.Add(new OneOfKeyword(one));
        }

        if (scope.Node("not") is { } not)
        {
            keywords.Add(new NotKeyword(not));
        }

        if (scope.Node("if") is { } condition)
        {
            keywords.Add(new ConditionalKeyword(condition, scope.Node("then"), scope.Node("else")));
        }
    }

    /// <summary>Reads what must be checked last.</summary>
    /// <returns>Whether there is such a thing.</returns>
    public static bool ReadUnevaluated(SchemaScope scope, List<Keyword> keywords)
    {
        int before = keywords.Count;
        if (scope.Node("unevaluatedItems") is { } items)
        {
            keywords.Add(new UnevaluatedItemsKeyword(items));
        }

        if (scope.Node("unevaluatedProperties") is { } members)
        {
            keywords.Add(new UnevaluatedPropertiesKeyword(members));
        }

        return keywords.Count > before;
    }
}
