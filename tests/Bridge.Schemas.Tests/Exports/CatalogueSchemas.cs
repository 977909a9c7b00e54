using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>The input schemas of real tools.</summary>
internal static class CatalogueSchemas
{
    /// <summary>Those that compile, of every so-manieth tool.</summary>
    public static IEnumerable<CompiledSchema> Read(int everyNth) =>
        File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl"))
            .Where((_, index) => index % everyNth == 0)
            .Select(line => TryCompile(JsonElement.Parse(line).GetProperty("inputSchema")))
            .OfType<CompiledSchema>();

    private static CompiledSchema? TryCompile(JsonElement schema)
    {
        try
        {
            return CompiledSchema.Compile(schema);
        }
        catch (InvalidSchemaException)
        {
            return null;
        }
    }
}
