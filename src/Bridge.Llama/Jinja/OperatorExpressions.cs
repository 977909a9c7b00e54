namespace Bridge.Llama.Jinja;

/// <summary><c>not</c>.</summary>
internal sealed class NotExpression(int position, Expression value) : Expression(position, Over(value))
{
    public override TemplateValue Evaluate(Scope scope) => BooleanValue.Of(!value.Evaluate(scope).IsTrue);
}

/// <summary>A number with a sign before it.</summary>
internal sealed class SignExpression(int position, bool isMinus, Expression value) : Expression(position, Over(value))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue number = value.Evaluate(scope);
        RenderContext context = Step(scope);
        return isMinus ? Arithmetic.Negate(number, context) : Arithmetic.Apply("+", IntegerValue.Of(0), number, context);
    }
}

/// <summary><c>and</c> and <c>or</c>: one of the two values.</summary>
internal sealed class LogicalExpression(int position, bool isAnd, Expression left, Expression right) : Expression(position, Over(left, right))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        Step(scope);
        TemplateValue first = left.Evaluate(scope);
        return first.IsTrue == isAnd ? right.Evaluate(scope) : first;
    }
}

/// <summary><c>+ - * / // % **</c>.</summary>
internal sealed class ArithmeticExpression(int position, string sign, Expression left, Expression right) : Expression(position, Over(left, right))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue first = left.Evaluate(scope);
        TemplateValue second = right.Evaluate(scope);
        return Arithmetic.Apply(sign, first, second, Step(scope));
    }
}

/// <summary><c>~</c>: the texts of values in a row.</summary>
internal sealed class ConcatExpression(int position, IReadOnlyList<Expression> parts) : Expression(position, Over(parts))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        RenderContext context = Step(scope);
        var builder = new TextBuilder(context.Budget);
        foreach (Expression part in parts)
        {
            builder.Append(PythonText.Of(part.Evaluate(scope), context));
        }

        return builder.ToText();
    }
}

/// <summary>Comparisons in a row, such as <c>0 &lt; a &lt; 9</c>: all of them hold.</summary>
internal sealed class ComparisonExpression(int position, Expression first, IReadOnlyList<KeyValuePair<string, Expression>> others) : Expression(
    position, Over(others.Select(other => other.Value).Append(first)))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        TemplateValue left = first.Evaluate(scope);
        foreach ((string sign, Expression other) in others)
        {
            TemplateValue right = other.Evaluate(scope);
            if (!Holds(sign, left, right, Step(scope)))
            {
                return BooleanValue.False;
            }

            left = right;
        }

        return BooleanValue.True;
    }

    private static bool Holds(string sign, TemplateValue left, TemplateValue right, RenderContext context) => sign switch
    {
        "==" => ValueComparison.AreEqual(left, right, context.Budget),
        "!=" => !ValueComparison.AreEqual(left, right, context.Budget),
        "in" => Membership.IsIn(left, right, context),
        "not in" => !Membership.IsIn(left, right, context),
        "<" => ValueComparison.Compare(left, right, context.Budget) < 0,
        "<=" => ValueComparison.Compare(left, right, context.Budget) <= 0,
        ">" => ValueComparison.Compare(left, right, context.Budget) > 0,
        _ => ValueComparison.Compare(left, right, context.Budget) >= 0,
    };
}

/// <summary><c>a if b else c</c>.</summary>
internal sealed class ConditionalExpression(int position, Expression test, Expression then, Expression? otherwise) : Expression(
    position, Over(test, then, otherwise))
{
    public override TemplateValue Evaluate(Scope scope)
    {
        Step(scope);
        return test.Evaluate(scope).IsTrue ? then.Evaluate(scope) : otherwise?.Evaluate(scope) ?? UndefinedValue.Nameless;
    }
}
