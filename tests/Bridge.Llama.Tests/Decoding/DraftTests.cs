using System.Text;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;

namespace Bridge.Llama.Tests.Decoding;

public class DraftTests(ITestOutputHelper output)
{
    private static readonly CallProgram s_program = CallForms.Hermes(
        ("weather", """{"type":"object","properties":{"city":{"type":"string","maxLength":30},"unit":{"enum":["celsius","fahrenheit"]},"days":{"type":"integer"}},"required":["city"]}"""),
        ("add", """{"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["a","b"]}"""));

    [Theory]
    [InlineData("""{"name": "weather", "arguments": {"city": "Paris in the rain", "unit": "celsius", "days": 12}}""")]
    [InlineData("""{"name": "add", "arguments": {"a": 12345, "b": -7}}""")]
    public async Task Run_WithRightGuesses_WritesTheSameInFewerBatches(string body)
    {
        using LlamaEngine engine = TinyModels.Engine();
        var chooser = new ReferenceChooser(body, new CallTokens(s_program, TinyModels.Require()));
        CallGeneration stepping = await Run(engine, 1, null, jumps: false, chooser);
        CallGeneration plain = await Run(engine, 1, null, chooser: chooser);
        CallGeneration guessed = await Run(engine, 1, new FixedDrafts(body), chooser: chooser);

        new[] { Text(stepping), Text(plain), Text(guessed) }.Should().OnlyContain(text => text == body);
        guessed.AcceptedTokens.Should().BeGreaterThan(0).And.Be(guessed.GuessedTokens);
        output.WriteLine($"{stepping.Batches} batches token by token, {plain.Batches} jumping forward, {guessed.Batches} guessing: {body}");
        guessed.Batches.Should().BeLessThan(plain.Batches / 2);
        plain.Batches.Should().BeLessThan(stepping.Batches);
    }

    [Fact]
    public async Task Run_WithWrongGuesses_WritesTheSame()
    {
        using LlamaEngine engine = TinyModels.Engine();
        for (int i = 0; i < 10; i++)
        {
            CallGeneration plain = await Run(engine, i, null);
            string right = Text(plain);
            string wrong = right.Length > 60 ? string.Concat(right.AsSpan(0, right.Length / 2), "qqqq", right.AsSpan((right.Length / 2) + 2)) : """{"name": "add", "arguments": {"a": 9, "b": 8}}""";
            CallGeneration guessed = await Run(engine, i, new FixedDrafts(wrong));

            Text(guessed).Should().Be(right);
        }
    }

    private static async Task<CallGeneration> Run(LlamaEngine engine, int seed, IDraftSource? drafts, bool jumps = true, ITokenChooser? chooser = null)
    {
        var generation = new CallGeneration(
            TinyModels.Tokens($"<|im_start|>user\nQuestion {seed}<|im_end|>\n<|im_start|>assistant\n"), 0, new CallTokens(s_program, TinyModels.Require()),
            new DecodingSettings { Required = true, Temperature = 1, Seed = seed, JumpsForward = jumps, MaxTokens = 300 }, chooser, drafts);
        await engine.RunAsync(generation, TestContext.Current.CancellationToken);
        return generation;
    }

    private static string Text(CallGeneration generation) => Encoding.UTF8.GetString(generation.Calls.Single().Body.Span);
}
