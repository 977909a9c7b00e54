using System.Collections.Immutable;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>Calls in the form of Hermes and Qwen.</summary>
internal static class CallForms
{
    public static CallProgram Hermes(params (string Name, string Schema)[] tools) =>
        Hermes([.. tools.Select(tool => (tool.Name, CompiledSchema.Compile(JsonElement.Parse(tool.Schema))))]);

    public static CallProgram Hermes(ImmutableArray<(string Name, CompiledSchema Schema)> tools)
    {
        DecodingPart[] bodies = [.. tools.Select(tool => new DecodingPart.Sequence(
        [
            new DecodingPart.Text($"{JsonSerializer.Serialize(tool.Name)}, \"arguments\": "), new DecodingPart.Json(tool.Schema),
        ]))];
        var body = new DecodingPart.Sequence([new DecodingPart.Text("{\"name\": "), new DecodingPart.Choice([.. bodies]), new DecodingPart.Text("}")]);
        var program = DecodingProgram.For(body, new DecodingOptions { Style = JsonStyle.Spaced, MaxTextLength = 256 });
        return new CallProgram("<tool_call>\n", program, "\n</tool_call>", "\n", []);
    }

    public static CompiledSchema SchemaOf(string name, params (string Name, string Schema)[] tools) =>
        CompiledSchema.Compile(JsonElement.Parse(tools.Single(tool => tool.Name == name).Schema));
}
