using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>The keywords that no shape expresses: they relate parts of a value, or say what it must not be.</summary>
internal static class UnhonouredKeywords
{
    /// <summary>Reports those that speak about a type.</summary>
    public static void Report(GoalTable table, Conjunction way, JsonKinds kind)
    {
        foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
        {
            if ((keyword.Kinds & kind) != 0 && NameOf(keyword) is { } name)
            {
                table.Lose(node, name.Keyword, name.Reason);
            }
        }
    }

    private static (string Keyword, string Reason)? NameOf(Keyword keyword) => keyword switch
    {
        NotKeyword => ("not", "What a value must not be is known only when it is complete."),
        ConditionalKeyword => ("if", "A condition is decided only when the value is complete."),
        DependencyKeyword dependency => (dependency.Name, "What one member asks of the others is known only when the object is complete."),
        ContainsKeyword => ("contains", "Whether some item fits is known only when the array is complete."),
        UniqueItemsKeyword => ("uniqueItems", "Items are not compared with each other while they are written."),
        UnevaluatedItemsKeyword => ("unevaluatedItems", "What other keywords looked at is known only when the array is complete."),
        RefKeyword => ("$dynamicRef", "Where it leads depends on the way to it."),
        _ => null,
    };
}
