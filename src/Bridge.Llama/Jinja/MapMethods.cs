using System.Collections.Frozen;

namespace Bridge.Llama.Jinja;

/// <summary>The methods of maps.</summary>
internal static class MapMethods
{
    private static readonly FrozenDictionary<string, NativeMethod> s_methods = new Dictionary<string, NativeMethod>
    {
        ["get"] = (value, arguments, _) =>
            ((MapValue)value).Get(arguments.Find(0, "key") ?? throw new TemplateException("'get' needs a key."))
            ?? arguments.Find(1, "default") ?? NullValue.Instance,
        ["items"] = (value, _, context) => Pairs((MapValue)value, context),
        ["keys"] = (value, _, context) => new ListValue([.. value.Items(context)!], ((MapValue)value).Origin),
        ["values"] = (value, _, context) => Values((MapValue)value, context),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The method of a name; <see langword="null"/> where there is none.</summary>
    public static NativeMethod? Find(string name) => s_methods.GetValueOrDefault(name);

    /// <summary>The members of a map, each as a name and a value.</summary>
    public static ListValue Pairs(MapValue map, RenderContext context)
    {
        context.Budget.Steps(map.Entries.Count);
        return new ListValue([.. map.Entries.Select(entry => ListValue.Pair(entry.Key, entry.Value))]);
    }

    private static ListValue Values(MapValue map, RenderContext context)
    {
        context.Budget.Steps(map.Entries.Count);
        return new ListValue([.. map.Entries.Select(entry => entry.Value)], map.Origin);
    }
}
