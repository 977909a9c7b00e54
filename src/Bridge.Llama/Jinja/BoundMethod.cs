namespace Bridge.Llama.Jinja;

/// <summary>A method together with its value.</summary>
internal sealed class BoundMethod(string name, TemplateValue value, NativeMethod method) : CallableValue(name)
{
    public override TemplateValue Call(GivenArguments arguments, RenderContext context) => method(value, arguments, context);
}
