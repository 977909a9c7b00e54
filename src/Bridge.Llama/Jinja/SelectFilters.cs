namespace Bridge.Llama.Jinja;

/// <summary>The filters that choose among items, or change each.</summary>
internal static class SelectFilters
{
    public static IReadOnlyDictionary<string, NativeMethod> All { get; } = new Dictionary<string, NativeMethod>
    {
        ["select"] = (value, arguments, context) => Select(value, arguments, context, byAttribute: false, keep: true),
        ["reject"] = (value, arguments, context) => Select(value, arguments, context, byAttribute: false, keep: false),
        ["selectattr"] = (value, arguments, context) => Select(value, arguments, context, byAttribute: true, keep: true),
        ["rejectattr"] = (value, arguments, context) => Select(value, arguments, context, byAttribute: true, keep: false),
        ["map"] = Map,
    };

    // Python looks at the items only when they are used, so that templates may ask for those of none and never use them.
    private static ListValue Select(TemplateValue value, GivenArguments arguments, RenderContext context, bool byAttribute, bool keep)
    {
        IReadOnlyList<TemplateValue> items = value is NullValue ? [] : ListFilters.ItemsOf(value, context);
        int used = byAttribute ? 1 : 0;
        TemplateValue? path = byAttribute ? arguments.Find(0, "attribute") : null;
        ValueTest test = (_, _, _) => true;
        if (arguments.Count > used)
        {
            string name = arguments.Text(used, "test").Value;
            test = ValueTests.Find(name) ?? throw new TemplateException($"There is no test '{name}'.");
        }
        else
        {
            test = (tested, _, _) => tested.IsTrue;
        }

        var rest = new GivenArguments([.. arguments.Positional.Skip(used + 1)], []);
        return new ListValue([.. items.Where(item =>
            test(path is null ? item : ListFilters.Attribute(item, path), rest, context) == keep)]);
    }

    private static ListValue Map(TemplateValue value, GivenArguments arguments, RenderContext context)
    {
        IReadOnlyList<TemplateValue> items = value is NullValue ? [] : ListFilters.ItemsOf(value, context);
        if (arguments.Find(int.MaxValue, "attribute") is { } path)
        {
            TemplateValue? fallback = arguments.Find(int.MaxValue, "default");
            return new ListValue([.. items.Select(item =>
                ListFilters.Attribute(item, path) is var found and not UndefinedValue ? found : fallback ?? UndefinedValue.Nameless)]);
        }

        string name = arguments.Text(0, "filter").Value;
        NativeMethod filter = Filters.Find(name) ?? throw new TemplateException($"There is no filter '{name}'.");
        var rest = new GivenArguments([.. arguments.Positional.Skip(1)], arguments.Named);
        return new ListValue([.. items.Select(item => filter(item, rest, context))]);
    }
}
