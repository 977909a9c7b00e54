using System.Text.Json;
using Bridge.Llama.Jinja;

namespace Bridge.Llama.Tests.Jinja;

/// <summary>Renders templates of one line for tests.</summary>
internal static class Rendered
{
    /// <summary>The text of a template.</summary>
    public static string Text(string template, string variables = "{}", TemplateLimits? limits = null) => Value(template, variables, limits).Value;

    /// <summary>The text of a template, and where it is from.</summary>
    public static TextValue Value(string template, string variables = "{}", TemplateLimits? limits = null)
    {
        using JsonDocument json = JsonDocument.Parse(variables);
        var values = json.RootElement.EnumerateObject().Select(variable => KeyValuePair.Create(variable.Name, DataValues.Of(variable.Value)));
        return JinjaTemplate.Parse(template, limits)
            .Render([.. values], new DateTimeOffset(2026, 11, 3, 14, 5, 6, TimeSpan.Zero), TestContext.Current.CancellationToken);
    }

    /// <summary>A text with what is data in it between « and ».</summary>
    public static string Marked(TextValue text) => string.Concat(text.Runs.Select(run =>
        run.Origin == TextOrigin.Data ? $"«{text.Value.Substring(run.Start, run.Length)}»" : text.Value.Substring(run.Start, run.Length)));
}
