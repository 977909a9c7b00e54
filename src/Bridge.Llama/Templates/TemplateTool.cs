using Bridge.Llama.Jinja;
using Bridge.Schemas.Compilation;

namespace Bridge.Llama.Templates;

/// <summary>A tool as a model is told of it.</summary>
/// <param name="name">The name by which the model calls it.</param>
/// <param name="description">What it does; may be empty.</param>
/// <param name="schema">The schema of its arguments.</param>
internal sealed class TemplateTool(string name, string description, CompiledSchema schema)
{
    private TemplateValue? _value;

    /// <summary>The name by which the model calls it.</summary>
    public string Name => name;

    /// <summary>What it does; may be empty.</summary>
    public string Description => description;

    /// <summary>The schema of its arguments.</summary>
    public CompiledSchema Schema => schema;

    /// <summary>The tool as templates take it: made once, for no template can change it.</summary>
    public TemplateValue Value => _value ??= ToolValues.Of(this);
}
