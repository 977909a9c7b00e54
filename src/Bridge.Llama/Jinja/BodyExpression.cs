namespace Bridge.Llama.Jinja;

/// <summary>What a block writes, as a value.</summary>
internal sealed class BodyExpression(int position, Block body) : Expression(position, 1)
{
    public override TemplateValue Evaluate(Scope scope) => body.Render(new Scope(scope));
}
