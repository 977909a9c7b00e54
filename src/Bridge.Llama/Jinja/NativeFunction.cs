namespace Bridge.Llama.Jinja;

/// <summary>A function that is not written in a template.</summary>
internal sealed class NativeFunction(string name, Func<GivenArguments, RenderContext, TemplateValue> function) : CallableValue(name)
{
    public override TemplateValue Call(GivenArguments arguments, RenderContext context) => function(arguments, context);
}
