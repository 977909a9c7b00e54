using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>Tools as templates take them: in the form of OpenAI's API.</summary>
internal static class ToolValues
{
    private static readonly TextValue s_type = TextValue.Own("type");
    private static readonly TextValue s_function = TextValue.Own("function");

    private static readonly TextValue s_description = TextValue.Own("description");

    /// <summary>The tools; <see langword="null"/> where there are none.</summary>
    /// <param name="tools">The tools.</param>
    /// <param name="complete">Whether schemas say more than they must: some templates fail without.</param>
    public static ListValue? Of(IReadOnlyList<TemplateTool> tools, bool complete = false) =>
        tools.Count == 0 ? null : new ListValue([.. tools.Select(tool => complete ? Of(tool, complete) : tool.Value)], TextOrigin.Data);

    /// <summary>One tool.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="complete">Whether its schema says more than it must.</param>
    public static TemplateValue Of(TemplateTool tool, bool complete = false)
    {
        TemplateValue parameters = DataValues.Of(tool.Schema.Source);
        if (complete)
        {
            parameters = CompleteSchema.Of(parameters);
        }

        var function = new MapValue(TextOrigin.Data);
        function.Set(TextValue.Own("name"), TextValue.Data(tool.Name));
        function.Set(s_description, TextValue.Data(tool.Description));
        function.Set(TextValue.Own("parameters"), parameters);
        var value = new MapValue(TextOrigin.Data);
        value.Set(s_type, s_function);
        value.Set(s_function, function);
        return value;
    }
}
