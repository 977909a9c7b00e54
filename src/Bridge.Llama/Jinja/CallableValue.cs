namespace Bridge.Llama.Jinja;

/// <summary>Something that can be called.</summary>
internal abstract class CallableValue(string name) : TemplateValue
{
    public string Name => name;

    public override string Kind => $"the function '{name}'";

    /// <summary>Calls it.</summary>
    public abstract TemplateValue Call(GivenArguments arguments, RenderContext context);
}
