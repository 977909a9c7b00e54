namespace Bridge.Llama.Jinja;

/// <summary>The place of an expression that is read after those around it. Set once, while parsing.</summary>
internal sealed class LateExpression(int position) : Expression(position, 1)
{
    public Expression? Inner { get; set; }

    public override TemplateValue Evaluate(Scope scope) => Inner!.Evaluate(scope);
}
