using System.Text.Json;
using Bridge.Llama.Templates;
using Bridge.Schemas.Compilation;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Templates;

/// <summary>Published templates and tools for them.</summary>
internal static class Published
{
    public static ControlTexts Texts { get; } = new("<s>", "</s>");

    public static IReadOnlyList<TemplateTool> Tools { get; } =
    [
        Tool("get_weather", """{"type": "object", "properties": {"city": {"type": "string"}, "days": {"type": "integer"}}, "required": ["city"], "additionalProperties": false}"""),
        Tool("get", """{"type": "object", "properties": {}, "additionalProperties": false}"""),
    ];

    /// <summary>The template of a file, without its ending.</summary>
    public static ChatTemplate Template(string name) =>
        ChatTemplate.Parse(File.ReadAllText(PublishedTemplates.All.Single(file => file.Name == name + ".jinja").FullName), Texts);

    public static TemplateTool Tool(string name, string schema)
    {
        using JsonDocument json = JsonDocument.Parse(schema);
        return new TemplateTool(name, "Does it.", CompiledSchema.Compile(json.RootElement.Clone()));
    }
}
