namespace Bridge.Llama.Jinja;

/// <summary>A variable.</summary>
internal sealed class NameExpression(int position, string name) : Expression(position, 1)
{
    public string Name => name;

    public override TemplateValue Evaluate(Scope scope) => scope.Find(name) ?? UndefinedValue.Named(name);
}

/// <summary>A member by its name: <c>a.b</c>.</summary>
internal sealed class MemberExpression(int position, Expression value, string name) : Expression(position, Over(value))
{
    public Expression Value => value;

    public string Name => name;

    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue owner = value.Evaluate(scope);
        Step(scope);
        return owner.Member(name);
    }
}

/// <summary>A member by a value: <c>a[b]</c>.</summary>
internal sealed class ItemExpression(int position, Expression value, Expression key) : Expression(position, Over(value, key))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue owner = value.Evaluate(scope);
        TemplateValue wanted = key.Evaluate(scope);
        Step(scope);
        return owner.Item(wanted);
    }
}

/// <summary>A piece of a list or a text: <c>a[from:to:step]</c>.</summary>
internal sealed class SliceExpression(int position, Expression value, Expression? from, Expression? to, Expression? step) : Expression(
    position, Over(value, from, to, step))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue owner = value.Evaluate(scope);
        long? start = Integer(from, scope);
        long? stop = Integer(to, scope);
        long? stride = Integer(step, scope);
        return Slice.Of(owner, start, stop, stride ?? 1, Step(scope));
    }

    private static long? Integer(Expression? part, Scope scope) => part?.Evaluate(scope) switch
    {
        null or NullValue or UndefinedValue => null,
        IntegerValue integer => integer.Value,
        { } other => throw new TemplateException($"A slice is given by integers, not by {other.Kind}."),
    };
}
