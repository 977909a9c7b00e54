namespace Bridge.Llama.Jinja;

/// <summary>A call of a function, a macro or a method.</summary>
internal sealed class CallExpression(int position, Expression callee, ArgumentList arguments) : Expression(
    position, Over(arguments.All.Append(callee)))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        // The common case of a method needs no value of its own.
        if (callee is MemberExpression member)
        {
            TemplateValue owner = member.Value.Evaluate(scope);
            if (owner.Method(member.Name) is { } method)
            {
                GivenArguments given = arguments.Evaluate(scope);
                return method(owner, given, Step(scope));
            }

            scope.Context.Position = Position;
            return Call(owner.Member(member.Name), member.Name, scope);
        }

        return Call(callee.Evaluate(scope), (callee as NameExpression)?.Name, scope);
    }

    private TemplateValue Call(TemplateValue function, string? name, Scope scope)
    {
        GivenArguments given = arguments.Evaluate(scope);
        RenderContext context = Step(scope);
        return function is CallableValue callable
            ? callable.Call(given, context)
            : throw new TemplateException($"{(name is null ? "The value" : $"'{name}'")} cannot be called: it is {function.Kind}.");
    }
}

/// <summary>A filter: <c>a|b</c>.</summary>
internal sealed class FilterExpression(int position, Expression value, NativeMethod filter, ArgumentList arguments) : Expression(
    position, Over(arguments.All.Append(value)))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue input = value.Evaluate(scope);
        GivenArguments given = arguments.Evaluate(scope);
        return filter(input, given, Step(scope));
    }
}

/// <summary>A test: <c>a is b</c>.</summary>
internal sealed class TestExpression(int position, Expression value, ValueTest test, ArgumentList arguments, bool isNegated) : Expression(
    position, Over(arguments.All.Append(value)))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue input = value.Evaluate(scope);
        GivenArguments given = arguments.Evaluate(scope);
        return BooleanValue.Of(test(input, given, Step(scope)) != isNegated);
    }
}
