namespace Bridge.Llama.Jinja;

/// <summary>Defines a macro.</summary>
internal sealed class MacroStatement(MacroDefinition definition) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        scope.Set(definition.Name, new MacroValue(definition, scope));
        return Flow.Next;
    }
}

/// <summary>Calls a macro that can call the body of the block.</summary>
internal sealed class CallStatement(int position, Expression macro, ArgumentList arguments, MacroDefinition body) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        TemplateValue called = macro.Evaluate(scope);
        GivenArguments given = arguments.Evaluate(scope);
        scope.Context.Position = position;
        if (called is not CallableValue callable)
        {
            throw new TemplateException($"A call block calls a macro, not {called.Kind}.");
        }

        var all = new GivenArguments(given.Positional, [.. given.Named, KeyValuePair.Create(MacroValue.Caller, (TemplateValue)new MacroValue(body, scope))]);
        output.Append(PythonText.Of(callable.Call(all, scope.Context), scope.Context));
        scope.Context.Budget.Output(output.Length);
        return Flow.Next;
    }
}
