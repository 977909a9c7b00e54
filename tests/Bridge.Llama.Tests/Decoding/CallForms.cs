using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Llama.Templates;
using Bridge.Schemas.Compilation;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>Calls in the form of Hermes and Qwen.</summary>
internal static class CallForms
{
    public static CallProgram Hermes(params (string Name, string Schema)[] tools) =>
        Hermes([.. tools.Select(tool => (tool.Name, CompiledSchema.Compile(JsonElement.Parse(tool.Schema))))]);

    public static CallProgram Hermes(ImmutableArray<(string Name, CompiledSchema Schema)> tools) =>
        new(HermesForm, [.. tools.Select(tool => new TemplateTool(tool.Name, "", tool.Schema))], maxTextLength: 256);

    private static CallForm HermesForm { get; } = new()
    {
        Name = "Hermes",
        Opening = "<tool_call>\n",
        Call = [new CallPiece.Literal("{\"name\": \""), new CallPiece.ToolName(), new CallPiece.Literal("\", \"arguments\": "), new CallPiece.Arguments(), new CallPiece.Literal("}")],
        Separator = "\n</tool_call>\n<tool_call>\n",
        Closing = "\n</tool_call>",
    };

    public static CompiledSchema SchemaOf(string name, params (string Name, string Schema)[] tools) =>
        CompiledSchema.Compile(JsonElement.Parse(tools.Single(tool => tool.Name == name).Schema));
}
