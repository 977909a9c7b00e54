namespace Bridge.Llama.Jinja;

/// <summary>Which values are equal, and which comes first.</summary>
internal static class ValueComparison
{
    public static bool AreEqual(TemplateValue left, TemplateValue right, RenderBudget budget) => AreEqual(left, right, budget, 1);

    /// <summary>Compares numbers with numbers, texts with texts, lists with lists.</summary>
    /// <exception cref="TemplateException">The values have no order.</exception>
    public static int Compare(TemplateValue left, TemplateValue right, RenderBudget budget) => Compare(left, right, budget, 1);

    /// <summary>The value as a number; <see langword="null"/> where it is none. True is 1.</summary>
    public static double? NumberOf(TemplateValue value) => value switch
    {
        IntegerValue integer => integer.Value,
        FloatValue real => real.Value,
        BooleanValue boolean => boolean.Value ? 1 : 0,
        _ => null,
    };

    private static bool AreEqual(TemplateValue left, TemplateValue right, RenderBudget budget, int depth)
    {
        budget.Step();
        budget.Depth(depth);
        switch (left, right)
        {
            case (TextValue a, TextValue b):
                if (a.Length != b.Length)
                {
                    return false;
                }

                budget.Text(a.Length);
                return a.Value == b.Value;
            case (IntegerValue a, IntegerValue b):
                return a.Value == b.Value;
            case (ListValue a, ListValue b):
                return a.IsTuple == b.IsTuple && a.All.Count == b.All.Count
                    && !a.All.Where((item, at) => !AreEqual(item, b.All[at], budget, depth + 1)).Any();
            case (MapValue a, MapValue b):
                return a.Entries.Count == b.Entries.Count
                    && a.Entries.All(entry => b.Get(entry.Key) is { } other && AreEqual(entry.Value, other, budget, depth + 1));
            case (NullValue, NullValue) or (UndefinedValue, UndefinedValue):
                return true;
            default:
                return NumberOf(left) is { } one && NumberOf(right) is { } two ? one == two : ReferenceEquals(left, right);
        }
    }

    private static int Compare(TemplateValue left, TemplateValue right, RenderBudget budget, int depth)
    {
        budget.Step();
        budget.Depth(depth);
        switch (left, right)
        {
            case (TextValue a, TextValue b):
                budget.Text(Math.Min(a.Length, b.Length));
                return string.CompareOrdinal(a.Value, b.Value);
            case (IntegerValue a, IntegerValue b):
                return a.Value.CompareTo(b.Value);
            case (ListValue a, ListValue b):
                for (int at = 0; at < Math.Min(a.All.Count, b.All.Count); at++)
                {
                    if (!AreEqual(a.All[at], b.All[at], budget, depth + 1))
                    {
                        return Compare(a.All[at], b.All[at], budget, depth + 1);
                    }
                }

                return a.All.Count.CompareTo(b.All.Count);
            default:
                return NumberOf(left) is { } one && NumberOf(right) is { } two
                    ? one.CompareTo(two)
                    : throw new TemplateException($"There is no order between {left.Kind} and {right.Kind}.");
        }
    }
}
