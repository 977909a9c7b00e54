namespace Bridge.Llama.Jinja;

/// <summary>The functions that every template finds.</summary>
internal static class GlobalFunctions
{
    /// <summary>Each function by its name.</summary>
    public static IReadOnlyList<NativeFunction> All { get; } =
    [
        new NativeFunction("range", Range),
        new NativeFunction("namespace", Namespace),
        new NativeFunction("dict", Dictionary),
        new NativeFunction("raise_exception", (arguments, context) =>
            throw new TemplateException(PythonText.Of(arguments.Find(0, "message") ?? UndefinedValue.Nameless, context).Value) { IsRefusal = true }),
        new NativeFunction("strftime_now", (arguments, context) =>
            TextValue.Own(TimeFormat.Of(context.Now, arguments.Text(0, "format").Value))),
    ];

    private static ListValue Range(GivenArguments arguments, RenderContext context)
    {
        long first = arguments.IntegerOrNone(0, "start") ?? throw new TemplateException("'range' needs a number.");
        long start = arguments.Count > 1 ? first : 0;
        long stop = arguments.IntegerOrNone(1, "stop") ?? first;
        long step = arguments.IntegerOrNone(2, "step") ?? 1;
        if (step == 0)
        {
            throw new TemplateException("The step of 'range' must not be 0.");
        }

        decimal span = step > 0 ? (decimal)stop - start : (decimal)start - stop;
        long count = span <= 0 ? 0 : (long)Math.Ceiling(span / Math.Abs((decimal)step));
        context.Budget.Steps(count);
        var numbers = new List<TemplateValue>((int)count);
        for (long at = 0; at < count; at++)
        {
            numbers.Add(IntegerValue.Of(start + (at * step)));
        }

        return new ListValue(numbers);
    }

    private static NamespaceValue Namespace(GivenArguments arguments, RenderContext context)
    {
        var space = new NamespaceValue();
        foreach ((TemplateValue key, TemplateValue value) in Dictionary(arguments, context).Entries)
        {
            space.Set(PythonText.Of(key, context).Value, value);
        }

        return space;
    }

    private static MapValue Dictionary(GivenArguments arguments, RenderContext context)
    {
        var map = new MapValue();
        switch (arguments.Find(0, ""))
        {
            case null:
                break;
            case MapValue from:
                context.Budget.Steps(from.Entries.Count);
                from.Entries.ToList().ForEach(entry => map.Set(entry.Key, entry.Value));
                break;
            case ListValue pairs:
                context.Budget.Steps(pairs.All.Count);
                pairs.All.ForEach(pair => AddPair(map, pair));
                break;
            case { } other:
                throw new TemplateException($"A map is made from a map or a list of pairs, not from {other.Kind}.");
        }

        foreach (KeyValuePair<string, TemplateValue> argument in arguments.Named)
        {
            map.Set(TextValue.Own(argument.Key), argument.Value);
        }

        return map;
    }

    private static void AddPair(MapValue map, TemplateValue pair)
    {
        if (pair is not ListValue { All: [TextValue name, var value] })
        {
            throw new TemplateException("A pair for a map is a list of a text and a value.");
        }

        map.Set(name, value);
    }
}
