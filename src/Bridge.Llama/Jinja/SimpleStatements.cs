namespace Bridge.Llama.Jinja;

/// <summary>Text as it stands.</summary>
internal sealed class TextStatement(TextValue text) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        output.Append(text);
        scope.Context.Budget.Output(output.Length);
        return Flow.Next;
    }
}

/// <summary>The text of a value; none writes nothing.</summary>
internal sealed class OutputStatement(Expression expression) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        TemplateValue value = expression.Evaluate(scope);
        if (value is not NullValue)
        {
            output.Append(PythonText.Of(value, scope.Context));
            scope.Context.Budget.Output(output.Length);
        }

        return Flow.Next;
    }
}

/// <summary>The first block whose condition holds.</summary>
internal sealed class IfStatement(IReadOnlyList<KeyValuePair<Expression, Block>> branches, Block otherwise) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        foreach ((Expression test, Block body) in branches)
        {
            if (test.Evaluate(scope).IsTrue)
            {
                return body.Execute(scope, output);
            }
        }

        return otherwise.Execute(scope, output);
    }
}

/// <summary>Sets variables.</summary>
internal sealed class SetStatement(Target target, Expression value) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        target.Assign(scope, value.Evaluate(scope));
        return Flow.Next;
    }
}

/// <summary><c>break</c> or <c>continue</c>.</summary>
internal sealed class JumpStatement(Flow flow) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output) => flow;
}

/// <summary>A block with variables of its own.</summary>
internal sealed class ScopeStatement(IReadOnlyList<KeyValuePair<Target, Expression>> variables, Block body) : Statement
{
    public override Flow Execute(Scope scope, TextBuilder output)
    {
        var inner = new Scope(scope);
        foreach ((Target target, Expression value) in variables)
        {
            target.Assign(inner, value.Evaluate(scope)); // of the variables outside alone
        }

        return body.Execute(inner, output);
    }
}
