namespace Bridge.Llama.Jinja;

/// <summary>The variable <c>loop</c> within a loop.</summary>
/// <param name="items">What the loop goes through.</param>
/// <param name="depth">How many recursive loops it stands in.</param>
/// <param name="recurse">Goes through other items in the same way; <see langword="null"/> where the loop is not recursive.</param>
internal sealed class LoopValue(IReadOnlyList<TemplateValue> items, int depth, Func<TemplateValue, int, TemplateValue>? recurse)
    : CallableValue("loop")
{
    private TemplateValue[]? _seen;

    /// <summary>Which item the loop is at, from 0.</summary>
    public int At { get; set; }

    public override string Kind => "a loop";

    public override TemplateValue Member(string name) => name switch
    {
        "index" => IntegerValue.Of(At + 1),
        "index0" => IntegerValue.Of(At),
        "revindex" => IntegerValue.Of(items.Count - At),
        "revindex0" => IntegerValue.Of(items.Count - At - 1),
        "first" => BooleanValue.Of(At == 0),
        "last" => BooleanValue.Of(At == items.Count - 1),
        "length" => IntegerValue.Of(items.Count),
        "previtem" => At > 0 ? items[At - 1] : base.Member(name),
        "nextitem" => At < items.Count - 1 ? items[At + 1] : base.Member(name),
        "depth" => IntegerValue.Of(depth + 1),
        "depth0" => IntegerValue.Of(depth),
        _ => Method(name) is { } method ? new BoundMethod(name, this, method) : base.Member(name),
    };

    public override NativeMethod? Method(string name) => name switch
    {
        "cycle" => (_, arguments, _) => arguments.Count > 0
            ? arguments[At % arguments.Count]
            : throw new TemplateException("'loop.cycle' needs at least one value."),
        "changed" => (_, arguments, context) => BooleanValue.Of(Changed(arguments, context)),
        _ => null,
    };

    public override TemplateValue Call(GivenArguments arguments, RenderContext context) => recurse is not null && arguments.Count == 1
        ? recurse(arguments[0], depth + 1)
        : throw new TemplateException("Only a loop marked 'recursive' can be called, and with one list.");

    private bool Changed(GivenArguments arguments, RenderContext context)
    {
        TemplateValue[] now = [.. arguments.Positional];
        bool same = _seen is not null && _seen.Length == now.Length
            && _seen.Zip(now).All(pair => ValueComparison.AreEqual(pair.First, pair.Second, context.Budget));
        _seen = now;
        return !same;
    }
}
