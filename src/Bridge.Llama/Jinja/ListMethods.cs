using System.Collections.Frozen;

namespace Bridge.Llama.Jinja;

/// <summary>The methods of lists. Those that change a list refuse one from outside.</summary>
internal static class ListMethods
{
    private static readonly FrozenDictionary<string, NativeMethod> s_methods = new Dictionary<string, NativeMethod>
    {
        ["append"] = (value, arguments, context) =>
        {
            context.Budget.Step();
            Changeable(value).Add(arguments.Find(0, "object") ?? throw new TemplateException("'append' needs a value."));
            return NullValue.Instance;
        },
        ["extend"] = (value, arguments, context) =>
        {
            Changeable(value).AddRange(arguments.Find(0, "iterable")?.Items(context)?.ToArray()
                ?? throw new TemplateException("'extend' needs a list."));
            return NullValue.Instance;
        },
        ["insert"] = (value, arguments, _) =>
        {
            List<TemplateValue> items = Changeable(value);
            items.Insert(Place(arguments.IntegerOrNone(0, "index") ?? 0, items.Count),
                arguments.Find(1, "object") ?? throw new TemplateException("'insert' needs a place and a value."));
            return NullValue.Instance;
        },
        ["pop"] = (value, arguments, _) => Pop(Changeable(value), arguments.IntegerOrNone(0, "index") ?? -1),
        ["index"] = (value, arguments, context) => IntegerValue.Of(IndexOf((ListValue)value, arguments, context) is var at and >= 0
            ? at
            : throw new TemplateException("The value is not in the list.")),
        ["count"] = (value, arguments, context) => IntegerValue.Of(((ListValue)value).All
            .Count(item => ValueComparison.AreEqual(item, arguments.Find(0, "value") ?? NullValue.Instance, context.Budget))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The method of a name; <see langword="null"/> where there is none.</summary>
    public static NativeMethod? Find(string name) => s_methods.GetValueOrDefault(name);

    private static List<TemplateValue> Changeable(TemplateValue value) => value is ListValue { IsTuple: false, Origin: TextOrigin.Template } list
        ? list.All
        : throw new TemplateException("Only a list that the template made can be changed.");

    private static int IndexOf(ListValue list, GivenArguments arguments, RenderContext context) =>
        list.All.FindIndex(item => ValueComparison.AreEqual(item, arguments.Find(0, "value") ?? NullValue.Instance, context.Budget));

    private static TemplateValue Pop(List<TemplateValue> items, long index)
    {
        long at = index < 0 ? items.Count + index : index;
        if (at < 0 || at >= items.Count)
        {
            throw new TemplateException($"The list has no item {index} to take out; it has {items.Count}.");
        }

        TemplateValue item = items[(int)at];
        items.RemoveAt((int)at);
        return item;
    }

    private static int Place(long index, int count) => (int)Math.Clamp(index < 0 ? count + index : index, 0, count);
}
