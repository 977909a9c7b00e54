namespace Bridge.Llama.Jinja;

/// <summary>What a filter or a method does with its value.</summary>
/// <param name="value">The value before the bar or the dot.</param>
/// <param name="arguments">The arguments in the parentheses.</param>
/// <param name="context">The rendering.</param>
/// <returns>The result.</returns>
internal delegate TemplateValue NativeMethod(TemplateValue value, GivenArguments arguments, RenderContext context);
