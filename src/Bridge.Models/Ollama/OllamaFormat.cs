using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Exports;

namespace Bridge.Models.Ollama;

/// <summary>The schema under which Ollama decodes.</summary>
internal static class OllamaFormat
{
    /// <summary>Writes a schema so that Ollama reads it as it is meant; one that Bridge cannot read goes out as it is.</summary>
    public static JsonNode? Write(JsonElement schema) =>
        Export(schema) is { } written ? JsonObject.Create(written) : JsonNode.Parse(schema.GetRawText());

    private static JsonElement? Export(JsonElement schema)
    {
        try
        {
            return ProviderSchema.ForOllama(CompiledSchema.Compile(schema)).Schema;
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }
}
