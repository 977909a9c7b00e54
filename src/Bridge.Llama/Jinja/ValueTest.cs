namespace Bridge.Llama.Jinja;

/// <summary>What may stand after <c>is</c>.</summary>
/// <param name="value">The value before it.</param>
/// <param name="arguments">The arguments after it.</param>
/// <param name="context">The rendering.</param>
/// <returns>Whether it is so.</returns>
internal delegate bool ValueTest(TemplateValue value, GivenArguments arguments, RenderContext context);
