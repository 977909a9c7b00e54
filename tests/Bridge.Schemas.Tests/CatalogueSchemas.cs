using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.TestKit;

namespace Bridge.Schemas.Tests;

/// <summary>The input schemas of real tools.</summary>
internal static class CatalogueSchemas
{
    /// <summary>Those that compile, of every so-manieth tool.</summary>
    public static IEnumerable<CompiledSchema> Read(int everyNth) =>
        File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl"))
            .Where((_, index) => index % everyNth == 0)
            .Select(line => TryCompile(JsonElement.Parse(line).GetProperty("inputSchema")))
            .OfType<CompiledSchema>();

    /// <summary>The program of a schema; <see langword="null"/> when no value is valid for it, as where an <c>enum</c> is empty.</summary>
    public static DecodingProgram? TryProgram(CompiledSchema schema)
    {
        try
        {
            return DecodingProgram.For(schema);
        }
        catch (InvalidSchemaException error)
        {
            error.Message.Should().StartWith("No value is valid");
            schema.Source.GetRawText().Replace(" ", "").Should().Contain("\"enum\":[]", "real tools that no arguments fit are those with an empty enum");
            return null;
        }
    }

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
