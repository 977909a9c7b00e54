namespace Bridge.Llama.Jinja;

/// <summary>A macro together with the variables where it is written.</summary>
internal sealed class MacroValue(MacroDefinition definition, Scope scope) : CallableValue(definition.Name)
{
    /// <summary>The name under which a macro finds the body of the call block that calls it.</summary>
    public const string Caller = "caller";

    public override TemplateValue Call(GivenArguments arguments, RenderContext context)
    {
        context.Budget.Enter();
        var inner = new Scope(scope);
        Bind(inner, arguments);
        TextValue text = definition.Body.Render(inner);
        context.Budget.Leave();
        return text;
    }

    private void Bind(Scope inner, GivenArguments arguments)
    {
        var unbound = new List<KeyValuePair<string, Expression>>();
        for (int at = 0; at < definition.Parameters.Count; at++)
        {
            (string name, Expression? fallback) = definition.Parameters[at];
            TemplateValue? given = arguments.Find(at, name);
            inner.Set(name, given ?? UndefinedValue.Named(name));
            if (given is null && fallback is not null)
            {
                unbound.Add(KeyValuePair.Create(name, fallback));
            }
        }

        foreach ((string name, Expression fallback) in unbound)
        {
            inner.Set(name, fallback.Evaluate(inner));
        }

        BindMore(inner, arguments);
    }

    private void BindMore(Scope inner, GivenArguments arguments)
    {
        var more = new MapValue();
        foreach ((string name, TemplateValue value) in arguments.Named)
        {
            if (definition.Parameters.Any(parameter => parameter.Key == name))
            {
                continue;
            }

            if (name == Caller)
            {
                inner.Set(name, value);
            }
            else if (definition.TakesMoreNamed)
            {
                more.Set(TextValue.Own(name), value);
            }
            else
            {
                throw new TemplateException($"The macro '{Name}' has no parameter '{name}'.");
            }
        }

        if (!definition.TakesMore && arguments.Count > definition.Parameters.Count)
        {
            throw new TemplateException($"The macro '{Name}' takes at most {definition.Parameters.Count} arguments, not {arguments.Count}.");
        }

        if (definition.TakesMore)
        {
            inner.Set("varargs", new ListValue([.. arguments.Positional.Skip(definition.Parameters.Count)], isTuple: true));
        }

        if (definition.TakesMoreNamed)
        {
            inner.Set("kwargs", more);
        }
    }
}
