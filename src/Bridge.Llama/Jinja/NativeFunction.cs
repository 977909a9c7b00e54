namespace Bridge.Llama.Jinja;

/// <summary>A function that is not written in a template.</summary>
internal sealed class NativeFunction(string name, Func<CallArguments, RenderContext, TemplateValue> function) : CallableValue(name)
{
    public override TemplateValue Call(CallArguments arguments, RenderContext context) => function(arguments, context);
}
