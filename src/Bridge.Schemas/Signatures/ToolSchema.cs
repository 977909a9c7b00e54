using System.Buffers;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Inspection;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Signatures;

/// <summary>The schema of a tool that is declared in code.</summary>
public static class ToolSchema
{
    /// <summary>Writes the parameters of a tool as JSON Schema (2020-12) and compiles it.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <returns>The schema: an object of these members and no others.</returns>
    /// <exception cref="ArgumentException">A parameter cannot be written, two have one name, or a default is not allowed by its own bounds.</exception>
    /// <remarks>The parameters of the schema (<see cref="ToolParameter.List"/>) equal those given.</remarks>
    public static CompiledSchema From(params IEnumerable<ToolParameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            new ParameterWriter(writer).WriteArguments([.. parameters]);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(buffer.WrittenMemory);
            var schema = CompiledSchema.Compile(document.RootElement);
            RefuseDefaults(schema);
            return schema;
        }
        catch (InvalidSchemaException error)
        {
            throw new ArgumentException($"The parameters make no valid schema: {error.Message}", nameof(parameters), error);
        }
    }

    private static void RefuseDefaults(CompiledSchema schema)
    {
        foreach (SchemaPart part in SchemaPart.List(schema))
        {
            if (part.Source.TryGetProperty("default", out JsonElement fallback) && !part.Accepts(fallback))
            {
                throw new ArgumentException($"The default {JsonText.Describe(fallback)} of the parameter at '{part.Pointer}' is not a value it allows.");
            }
        }
    }
}
