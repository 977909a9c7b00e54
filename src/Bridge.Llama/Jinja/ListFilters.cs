using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>The filters of lists and of what else has items.</summary>
internal static class ListFilters
{
    public static IReadOnlyDictionary<string, NativeMethod> All { get; } = new Dictionary<string, NativeMethod>
    {
        ["length"] = Length,
        ["count"] = Length,
        ["first"] = (value, _, context) => ItemsOf(value, context) is [var first, ..] ? first : UndefinedValue.Named("first"),
        ["last"] = (value, _, context) => ItemsOf(value, context) is [.., var last] ? last : UndefinedValue.Named("last"),
        ["list"] = (value, _, context) => new ListValue([.. ItemsOf(value, context)]),
        ["reverse"] = Reverse,
        ["join"] = Join,
        ["sort"] = Sort,
        ["unique"] = Unique,
        ["min"] = (value, arguments, context) => Extreme(value, arguments, context, -1),
        ["max"] = (value, arguments, context) => Extreme(value, arguments, context, 1),
        ["sum"] = Sum,
        ["items"] = (value, _, context) => value is UndefinedValue ? new ListValue([]) : MapMethods.Pairs(MapOf(value, "items"), context),
        ["dictsort"] = SortMap,
    };

    /// <summary>The items of a value.</summary>
    /// <exception cref="TemplateException">It has none.</exception>
    public static IReadOnlyList<TemplateValue> ItemsOf(TemplateValue value, RenderContext context) =>
        value.Items(context) ?? throw new TemplateException($"There are no items in {value.Kind}.");

    /// <summary>A member of an item by a path such as <c>function.name</c>.</summary>
    public static TemplateValue Attribute(TemplateValue item, TemplateValue path)
    {
        TemplateValue found = item;
        foreach (string part in (path is IntegerValue place ? PythonText.Of(place) : ((path as TextValue)
            ?? throw new TemplateException("An attribute is given as a text or an integer.")).Value).Split('.'))
        {
            found = long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out long index)
                ? found.Item(IntegerValue.Of(index))
                : found.Item(TextValue.Own(part));
        }

        return found;
    }

    private static IntegerValue Length(TemplateValue value, GivenArguments arguments, RenderContext context) => IntegerValue.Of(value switch
    {
        TextValue text => CodePoints.Count(text.Value),
        ListValue list => list.All.Count,
        MapValue map => map.Entries.Count,
        UndefinedValue => 0,
        _ => throw new TemplateException($"There is no length of {value.Kind}."),
    });

    private static TemplateValue Reverse(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        TemplateValue[] items = [.. ItemsOf(value, context)];
        Array.Reverse(items);
        var list = new ListValue([.. items]);
        return value is TextValue ? TextJoin.Join(TextValue.Empty, list, context) : list;
    }

    private static TextValue Join(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        TemplateValue list = arguments.Find(1, "attribute") is { } path
            ? new ListValue([.. ItemsOf(value, context).Select(item => Attribute(item, path))])
            : value;
        return TextJoin.Join(arguments.TextOrNone(0, "d") ?? TextValue.Empty, list, context);
    }

    private static ListValue Sort(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        bool reverse = arguments.IsTrue(0, "reverse");
        bool exact = arguments.IsTrue(1, "case_sensitive");
        TemplateValue? path = arguments.Find(2, "attribute");
        return Sorted(ItemsOf(value, context), item => Key(item, path, exact), reverse, context);
    }

    private static ListValue SortMap(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        bool exact = arguments.IsTrue(0, "case_sensitive");
        string by = (arguments.TextOrNone(1, "by") ?? TextValue.Own("key")).Value;
        if (by is not ("key" or "value"))
        {
            throw new TemplateException("The argument 'by' of 'dictsort' must be 'key' or 'value'.");
        }

        var part = IntegerValue.Of(by == "key" ? 0 : 1);
        return Sorted(MapMethods.Pairs(MapOf(value, "dictsort"), context).All, pair => Key(pair, part, exact), arguments.IsTrue(2, "reverse"), context);
    }

    private static ListValue Sorted(
        IReadOnlyList<TemplateValue> items, Func<TemplateValue, TemplateValue> key, bool reverse, RenderContext context)
    {
        var order = Comparer<TemplateValue>.Create((left, right) => ValueComparison.Compare(left, right, context.Budget));
        try
        {
            // Equal ones stay in their order, both ways.
            return new ListValue([.. reverse ? items.OrderByDescending(key, order) : items.OrderBy(key, order)]);
        }
        catch (InvalidOperationException error) when (error.InnerException is TemplateException inner)
        {
            throw new TemplateException(inner.Message) { Limit = inner.Limit };
        }
    }

    private static TemplateValue Key(TemplateValue item, TemplateValue? path, bool exact)
    {
        TemplateValue key = path is null or NullValue ? item : Attribute(item, path);
        return key is TextValue text && !exact ? TextCase.Lower(text) : key;
    }

    private static ListValue Unique(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        bool exact = arguments.IsTrue(0, "case_sensitive");
        TemplateValue? path = arguments.Find(1, "attribute");
        var kept = new List<TemplateValue>();
        var keys = new List<TemplateValue>();
        foreach (TemplateValue item in ItemsOf(value, context))
        {
            TemplateValue key = Key(item, path, exact);
            if (!keys.Exists(known => ValueComparison.AreEqual(known, key, context.Budget)))
            {
                keys.Add(key);
                kept.Add(item);
            }
        }

        return new ListValue(kept);
    }

    private static TemplateValue Extreme(TemplateValue value, GivenArguments arguments, RenderContext context, int sign)
    {
        bool exact = arguments.IsTrue(0, "case_sensitive");
        TemplateValue? path = arguments.Find(1, "attribute");
        TemplateValue? best = null;
        foreach (TemplateValue item in ItemsOf(value, context))
        {
            if (best is null || ValueComparison.Compare(Key(item, path, exact), Key(best, path, exact), context.Budget) * sign > 0)
            {
                best = item;
            }
        }

        return best ?? UndefinedValue.Nameless;
    }

    private static TemplateValue Sum(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        TemplateValue sum = arguments.Find(1, "start") ?? IntegerValue.Of(0);
        TemplateValue? path = arguments.Find(0, "attribute");
        foreach (TemplateValue item in ItemsOf(value, context))
        {
            sum = Arithmetic.Add(sum, path is null or NullValue ? item : Attribute(item, path), context);
        }

        return sum;
    }

    private static MapValue MapOf(TemplateValue value, string filter) =>
        value as MapValue ?? throw new TemplateException($"The filter '{filter}' takes a map, not {value.Kind}.");
}
