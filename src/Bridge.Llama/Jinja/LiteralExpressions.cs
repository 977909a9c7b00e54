namespace Bridge.Llama.Jinja;

/// <summary>A value as it stands.</summary>
internal sealed class LiteralExpression(int position, TemplateValue value) : Expression(position, 1)
{
    public TemplateValue Value => value;

    public override TemplateValue Evaluate(Scope scope) => value;
}

/// <summary>A list or a tuple of expressions.</summary>
internal sealed class ListExpression(int position, IReadOnlyList<Expression> items, bool isTuple) : Expression(position, Over(items))
{
    public IReadOnlyList<Expression> Items => items;

    public override TemplateValue Evaluate(Scope scope)
    {
        Step(scope);
        var list = new List<TemplateValue>(items.Count);
        foreach (Expression item in items)
        {
            list.Add(item.Evaluate(scope));
        }

        return new ListValue(list, isTuple: isTuple);
    }
}

/// <summary>A map of expressions.</summary>
internal sealed class MapExpression(int position, IReadOnlyList<KeyValuePair<Expression, Expression>> members) : Expression(
    position, Over(members.Select(member => member.Key).Concat(members.Select(member => member.Value))))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        Step(scope);
        var map = new MapValue();
        foreach ((Expression key, Expression value) in members)
        {
            map.Set(key.Evaluate(scope), value.Evaluate(scope));
        }

        return map;
    }
}
