using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Tools;

/// <summary>A tool: a name, a description and an input schema that compiled. Immutable.</summary>
public sealed class Tool
{
    private string? _definitionHash;

    private Tool(ToolId id, string description, CompiledSchema schema)
    {
        Id = id;
        Description = description;
        Schema = schema;
    }

    /// <summary>The tool's id.</summary>
    public ToolId Id { get; }

    /// <summary>A title for people; <see langword="null"/> when the source gave none.</summary>
    public string? Title { get; init; }

    /// <summary>What the tool does, as its source says; empty when it says nothing.</summary>
    public string Description { get; }

    /// <summary>The input schema, compiled once.</summary>
    public CompiledSchema Schema { get; }

    /// <summary>The input schema as the source gave it.</summary>
    public JsonElement InputSchema => Schema.Source;

    /// <summary>The schema of the structured result; <see langword="null"/> when the source gave none.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>What the source says about the tool's behaviour.</summary>
    public ToolAnnotations Annotations { get; init; } = ToolAnnotations.None;

    /// <summary>The whole definition as its source sent it, members that Bridge does not know included; <see langword="null"/> for a tool made in code.</summary>
    public JsonElement? Definition { get; init; }

    /// <summary>SHA-256 of the definition (name, description, schemas, annotations) in lower-case hex: what a pin binds.</summary>
    public string DefinitionHash => _definitionHash ??= HashDefinition();

    /// <summary>Makes a tool, compiling its schema.</summary>
    /// <param name="id">The tool's id.</param>
    /// <param name="description">What it does; <see langword="null"/> counts as empty.</param>
    /// <param name="inputSchema">Its input schema: a JSON Schema of an object.</param>
    /// <returns>The tool.</returns>
    /// <exception cref="InvalidSchemaException">The schema is malformed or over budget.</exception>
    public static Tool Create(ToolId id, string? description, JsonElement inputSchema) =>
        new(id, description ?? "", CompiledSchema.Compile(inputSchema));

    /// <summary>The same tool with what else its source says.</summary>
    /// <param name="title">A title for people.</param>
    /// <param name="outputSchema">The schema of the structured result.</param>
    /// <param name="annotations">What the source says about the tool's behaviour.</param>
    /// <param name="definition">The whole definition as its source sent it.</param>
    /// <returns>A tool that shares the compiled schema.</returns>
    public Tool With(
        string? title = null, JsonElement? outputSchema = null, ToolAnnotations? annotations = null, JsonElement? definition = null) =>
        new(Id, Description, Schema)
        {
            Title = title ?? Title,
            OutputSchema = outputSchema?.Clone() ?? OutputSchema,
            Annotations = annotations ?? Annotations,
            Definition = definition?.Clone() ?? Definition,
        };

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();

    private string HashDefinition()
    {
        var text = new StringBuilder()
            .Append(Id.Name).Append('\n')
            .Append(Title).Append('\n')
            .Append(Description).Append('\n')
            .Append(InputSchema.GetRawText()).Append('\n')
            .Append(OutputSchema?.GetRawText()).Append('\n')
            .Append(Annotations);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
