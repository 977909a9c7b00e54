using System.Text;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;

namespace Bridge.Llama.Tests.Decoding;

public class CallGenerationTests(ITestOutputHelper output)
{
    private const string Weather =
        """{"type":"object","properties":{"city":{"type":"string","maxLength":40},"unit":{"enum":["celsius","fahrenheit"]},"days":{"type":"integer","minimum":1,"maximum":14}},"required":["city","unit"]}""";

    private const string Add = """{"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}""";

    private static readonly (string, string)[] s_tools = [("weather", Weather), ("add", Add), ("now", """{"type":"object","properties":{}}""")];

    [Fact]
    public async Task Run_RandomWeights_WritesAWholeValidCall()
    {
        using LlamaEngine engine = TinyModels.Engine();
        var tokens = new CallTokens(CallForms.Hermes(s_tools), TinyModels.Require());
        for (int i = 0; i < 20; i++)
        {
            var generation = new CallGeneration(
                TinyModels.Tokens($"<|im_start|>user\nQuestion {i}<|im_end|>\n<|im_start|>assistant\n"), 0, tokens,
                new DecodingSettings { Required = true, Temperature = 1, Seed = i });

            await engine.RunAsync(generation, TestContext.Current.CancellationToken);

            DecodedCall call = generation.Calls.Single();
            string text = Encoding.UTF8.GetString(call.Body.Span);
            output.WriteLine($"{text}  {generation.Batches} batches, {generation.WrittenTokens} tokens, {(call.IsCutOff ? "cut off" : "whole")}");
            JsonElement parsed = JsonElement.Parse(text);
            CallForms.SchemaOf(parsed.GetProperty("name").GetString()!, s_tools).Validate(parsed.GetProperty("arguments")).Should().BeEmpty(text);
        }
    }
}
