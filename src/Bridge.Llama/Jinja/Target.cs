namespace Bridge.Llama.Jinja;

/// <summary>What a value is assigned to.</summary>
internal abstract class Target
{
    public abstract void Assign(Scope scope, TemplateValue value);
}
