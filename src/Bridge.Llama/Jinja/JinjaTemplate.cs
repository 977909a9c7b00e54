using System.Globalization;

namespace Bridge.Llama.Jinja;

/// <summary>A parsed template of the Jinja language, as far as chat templates use it. Immutable and safe to share between threads.</summary>
/// <remarks>
/// It reaches nothing but the variables it is given: no types, no files, no environment. Where Jinja for Python and its
/// imitations differ, Python counts, for models were trained on its prompts; but none writes nothing, and a text and a value
/// that is none are added as text.
/// </remarks>
internal sealed class JinjaTemplate
{
    private readonly SourceText _source;
    private readonly Block _body;
    private readonly TemplateLimits _limits;

    private JinjaTemplate(SourceText source, Block body, TemplateLimits limits)
    {
        _source = source;
        _body = body;
        _limits = limits;
    }

    /// <summary>Parses a template.</summary>
    /// <exception cref="TemplateException">The template is malformed or over a limit.</exception>
    public static JinjaTemplate Parse(string text, TemplateLimits? limits = null)
    {
        limits ??= TemplateLimits.Default;
        if (text.Length > limits.MaxTemplateLength)
        {
            throw new TemplateException(string.Create(CultureInfo.InvariantCulture,
                $"The template has {text.Length:N0} characters, more than the {limits.MaxTemplateLength:N0} that '{nameof(TemplateLimits.MaxTemplateLength)}' allows."))
            {
                Limit = nameof(TemplateLimits.MaxTemplateLength),
            };
        }

        var source = new SourceText(text);
        Block body = new StatementParser(new TokenStream(source, TemplateLexer.Read(source), limits)).Read();
        return new JinjaTemplate(source, body, limits);
    }

    /// <summary>The same template under other limits for its renderings.</summary>
    public JinjaTemplate With(TemplateLimits limits) => new(_source, _body, limits);

    /// <summary>Whether a name stands in the template, so that its value is worth making.</summary>
    public bool Mentions(string name) => _source.Text.Contains(name, StringComparison.Ordinal);

    /// <summary>Renders the template.</summary>
    /// <param name="variables">The variables by name.</param>
    /// <param name="now">The time that the template is told.</param>
    /// <param name="cancellationToken">Ends the rendering.</param>
    /// <returns>The text, and the origin of each of its characters.</returns>
    /// <exception cref="TemplateException">The template refuses, fails or goes over a limit.</exception>
    public TextValue Render(IEnumerable<KeyValuePair<string, TemplateValue>> variables, DateTimeOffset now, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var context = new RenderContext(new RenderBudget(_limits, cancellationToken), now);
        var scope = new Scope(context);
        foreach (NativeFunction function in GlobalFunctions.All)
        {
            scope.Set(function.Name, function);
        }

        foreach ((string name, TemplateValue value) in variables)
        {
            scope.Set(name, value);
        }

        try
        {
            return _body.Render(scope);
        }
        catch (TemplateException error) when (error.Line == 0)
        {
            throw _source.Error(context.Position, error.Message, error);
        }
    }
}
