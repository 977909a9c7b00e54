using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>What Bridge writes for templates that have no place for tools.</summary>
internal static class DefaultTexts
{
    /// <summary>Tells of tools and of the form of a call.</summary>
    public static TextValue Tools(IReadOnlyList<TemplateTool> tools, CallForm form, RenderContext context)
    {
        var text = new TextBuilder(context.Budget).Append("You can call these functions, given as JSON, one a line:\n", TextOrigin.Template);
        foreach (TemplateTool tool in tools)
        {
            text.Append(JsonText.Of(tool.Value, context)).Append("\n", TextOrigin.Template);
        }

        TextValue example = form.Write([("<name>", TextValue.Own("<arguments>"))], 0, context);
        return text.Append("Where one helps, answer with the call alone, in this form:\n", TextOrigin.Template)
            .Append(example.Value, TextOrigin.Template).ToText();
    }

    /// <summary>Tells of a result.</summary>
    public static TextValue Result(TextValue result, RenderContext context) => new TextBuilder(context.Budget)
        .Append("<tool_response>\n", TextOrigin.Template).Append(result).Append("\n</tool_response>", TextOrigin.Template).ToText();
}
