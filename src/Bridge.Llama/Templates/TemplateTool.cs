using Bridge.Schemas.Compilation;

namespace Bridge.Llama.Templates;

/// <summary>A tool as a model is told of it.</summary>
/// <param name="Name">The name by which the model calls it.</param>
/// <param name="Description">What it does; may be empty.</param>
/// <param name="Schema">The schema of its arguments.</param>
internal sealed record TemplateTool(string Name, string Description, CompiledSchema Schema);
