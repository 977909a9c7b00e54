using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Schemas.Compilation;
using Bridge.Schemas.Decoding;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>The proof that an invalid call cannot be made: a model of random weights calls real tools.</summary>
public class CatalogueCallTests(ITestOutputHelper output)
{
    [Fact]
    public Task Calls_OfRealTools_AreWholeAndValid() => Prove(everyNth: 60);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Calls_OfEveryRealTool_AreWholeAndValid() => Prove(everyNth: 1);

    private async Task Prove(int everyNth)
    {
        LlamaModel model = TinyModels.Require();
        using LlamaEngine engine = TinyModels.Engine(new ModelOptions { ContextTokens = 8192, Threads = 1, QueueLength = 10_000 });
        (string Name, CompiledSchema Schema, DecodingProgram Program)[] tools =
            [.. File.ReadLines(TestData.Require("eval/mcp-catalogue/tools.jsonl")).Where((_, index) => index % everyNth == 0).Select(Compile).OfType<(string, CompiledSchema, DecodingProgram)>()];
        var watch = Stopwatch.StartNew();
        int[] results = new int[4];
        await Parallel.ForEachAsync(tools.Select((tool, index) => (tool, index)), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (item, stop) =>
        {
            (string name, CompiledSchema schema, DecodingProgram program) = item.tool;
            var tokens = new CallTokens(CallForms.Hermes([(name, schema)]), model);
            var generation = new CallGeneration(
                TinyModels.Tokens("<|im_start|>user\nPlease.<|im_end|>\n<|im_start|>assistant\n"), 0, tokens,
                new DecodingSettings { Required = true, Temperature = 1, Seed = item.index, MaxTokens = 256 });
            await engine.RunAsync(generation, stop);

            DecodedCall call = generation.Calls.Single();
            string text = Encoding.UTF8.GetString(call.Body.Span);
            JsonElement parsed = JsonElement.Parse(text);
            parsed.GetProperty("name").GetString().Should().Be(name);
            bool valid = schema.IsValid(Encoding.UTF8.GetBytes(parsed.GetProperty("arguments").GetRawText()));
            Interlocked.Increment(ref results[(program.IsFullyDecodable ? 0 : 2) + (valid ? 0 : 1)]);
            if (program.IsFullyDecodable)
            {
                valid.Should().BeTrue($"{text} was written for {schema.Source.GetRawText()}");
            }
        });

        EngineStatistics statistics = engine.Statistics;
        output.WriteLine($"{tools.Length} tools in {watch.Elapsed.TotalSeconds:F1} s, {statistics.Batches} batches of {(double)statistics.ComputedTokens / statistics.Batches:F1} tokens.");
        output.WriteLine($"Fully decodable: {results[0]} calls valid, {results[1]} invalid. With keywords checked afterwards: {results[2]} valid, {results[3]} invalid.");
        results[1].Should().Be(0);
        results[0].Should().BeGreaterThan(tools.Length * 9 / 10);
    }

    private static (string, CompiledSchema, DecodingProgram)? Compile(string line)
    {
        try
        {
            JsonElement tool = JsonElement.Parse(line);
            var schema = CompiledSchema.Compile(tool.GetProperty("inputSchema"));
            return (tool.GetProperty("name").GetString()!, schema, DecodingProgram.For(schema));
        }
        catch (InvalidSchemaException)
        {
            return null; // refused with a reason, as the catalog does
        }
    }
}
