using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>The variables that chat templates ask for.</summary>
internal static class TemplateVariables
{
    /// <summary>The variables of one rendering.</summary>
    /// <param name="template">The template.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="tools">The tools; <see langword="null"/> for none.</param>
    /// <param name="texts">The texts of tokens.</param>
    /// <param name="options">How it is rendered.</param>
    public static List<KeyValuePair<string, TemplateValue>> Of(
        JinjaTemplate template, ListValue messages, ListValue? tools, ControlTexts texts, TemplateOptions options)
    {
        List<KeyValuePair<string, TemplateValue>> variables =
        [
            KeyValuePair.Create("messages", (TemplateValue)messages),
            KeyValuePair.Create("bos_token", (TemplateValue)TextValue.Own(texts.Begin)),
            KeyValuePair.Create("eos_token", (TemplateValue)TextValue.Own(texts.End)),
            KeyValuePair.Create("add_generation_prompt", (TemplateValue)BooleanValue.Of(options.AddGenerationPrompt)),
        ];
        if (tools is not null)
        {
            variables.Add(KeyValuePair.Create("tools", (TemplateValue)tools));
        }

        if (options.EnableThinking is { } thinks)
        {
            variables.Add(KeyValuePair.Create("enable_thinking", (TemplateValue)BooleanValue.Of(thinks)));
            variables.Add(KeyValuePair.Create("thinking", (TemplateValue)BooleanValue.Of(thinks)));
        }

        AddOwnNames(variables, template, tools, options);
        variables.AddRange(options.Variables.Select(variable => KeyValuePair.Create(variable.Key, DataValues.Of(variable.Value))));
        return variables;
    }

    // What single families ask for under names of their own.
    private static void AddOwnNames(
        List<KeyValuePair<string, TemplateValue>> variables, JinjaTemplate template, ListValue? tools, TemplateOptions options)
    {
        DateTimeOffset now = options.Time.GetLocalNow();
        if (template.Mentions("functions"))
        {
            var context = new RenderContext(new RenderBudget(TemplateLimits.Default, CancellationToken.None), now);
            TextValue functions = tools is null ? TextValue.Empty : JsonText.Of(tools, context);
            variables.Add(KeyValuePair.Create("functions", (TemplateValue)functions));
        }

        if (template.Mentions("datetime"))
        {
            variables.Add(KeyValuePair.Create("datetime", (TemplateValue)TextValue.Own(TimeFormat.Of(now, "%b %d %Y %H:%M:%S"))));
        }
    }
}
