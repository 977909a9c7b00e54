using System.Buffers;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Exports;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>The C# of the page about decoding, compiled and run.</summary>
internal static class DecodingExample
{
    public static DecodingExampleResult Run()
    {
        // begin
        CompiledSchema schema = CompiledSchema.Compile(JsonElement.Parse("""
            {
              "type": "object",
              "properties": {
                "city": { "type": "string", "maxLength": 40 },
                "month": { "type": "string", "pattern": "^\\d{4}-\\d{2}$" },
                "unit": { "enum": ["celsius", "fahrenheit"] }
              },
              "required": ["city", "unit"]
            }
            """));

        DecodingProgram program = DecodingProgram.For(schema);
        program.Start.Take("""{"city":"Oslo","u"""u8, out DecodingState state);
        var forced = new ArrayBufferWriter<byte>();
        ByteSet choice = state.TakeForced(forced).Allowed;

        GbnfGrammar grammar = Gbnf.Write(schema);
        ProviderSchema ollama = ProviderSchema.ForOllama(schema);
        ProviderSchema openAi = ProviderSchema.ForOpenAi(schema);
        ReadOnlyMemory<byte> arguments = openAi.Read("""{"city":"Oslo","month":null,"unit":"celsius"}"""u8.ToArray());
        // end
        return new DecodingExampleResult(
            Encoding.UTF8.GetString(forced.WrittenSpan), string.Join(" or ", choice.ToEnumerable().Select(value => $"`{(char)value}`")),
            program.IsFullyDecodable, grammar, ollama, openAi, Encoding.UTF8.GetString(arguments.Span));
    }
}

/// <summary>What the example of the page comes to.</summary>
internal sealed record DecodingExampleResult(
    string Forced, string Choice, bool IsFullyDecodable, GbnfGrammar Grammar, ProviderSchema Ollama, ProviderSchema OpenAi, string Arguments);
