namespace Bridge.Llama.Jinja;

/// <summary>A list or a tuple.</summary>
/// <param name="items">The items.</param>
/// <param name="origin">Who made it: a list from outside cannot be changed.</param>
/// <param name="isTuple">Whether it is a tuple.</param>
internal sealed class ListValue(List<TemplateValue> items, TextOrigin origin = TextOrigin.Template, bool isTuple = false) : TemplateValue
{
    public List<TemplateValue> All => items;

    public TextOrigin Origin => origin;

    public bool IsTuple => isTuple;

    public override string Kind => isTuple ? "a tuple" : "a list";

    public override bool IsTrue => items.Count > 0;

    public static ListValue Pair(TemplateValue first, TemplateValue second) => new([first, second], isTuple: true);

    public override IReadOnlyList<TemplateValue> Items(RenderContext context)
    {
        context.Budget.Steps(items.Count);
        return items;
    }

    public override NativeMethod? Method(string name) => ListMethods.Find(name);

    public override TemplateValue Member(string name) =>
        Method(name) is { } method ? new BoundMethod(name, this, method) : base.Member(name);

    public override TemplateValue Item(TemplateValue key)
    {
        if (key is not IntegerValue { Value: var index })
        {
            return base.Item(key);
        }

        long place = index < 0 ? items.Count + index : index;
        return place >= 0 && place < items.Count ? items[(int)place] : UndefinedValue.Nameless;
    }
}
