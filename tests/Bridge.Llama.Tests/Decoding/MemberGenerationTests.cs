using System.Text;
using Bridge.Calling;
using Bridge.Llama.Calling;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Templates;
using Bridge.Llama.Tests.Templates;
using Bridge.Schemas.Decoding;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>A model writes arguments one by one, in tokens: those of its family's tags among them.</summary>
public class MemberGenerationTests
{
    private static readonly TemplateTool[] s_tools =
    [
        Published.Tool("weather", """{"type":"object","properties":{"city":{"type":"string","maxLength":40},"unit":{"enum":["celsius","fahrenheit"]},"days":{"type":"integer","minimum":1,"maximum":14}},"required":["city","unit"],"additionalProperties":false}"""),
        Published.Tool("now", """{"type":"object","properties":{},"additionalProperties":false}"""),
    ];

    [Theory]
    [InlineData("GLM-4.6")]
    [InlineData("Qwen3-Coder")]
    [InlineData("deepseek-ai-DeepSeek-V3.2")]
    [InlineData("LFM2.5-8B-A1B")]
    [InlineData("google-gemma-4-31B-it")]
    public async Task Run_RandomWeights_WritesAWholeValidCall(string template)
    {
        using LlamaEngine engine = TinyModels.Engine();
        var tokens = new CallTokens(new CallProgram(Published.Template(template).Calls, [.. s_tools], maxTextLength: 60), TinyModels.Require());
        for (int seed = 0; seed < 8; seed++)
        {
            var generation = new CallGeneration(
                TinyModels.Tokens($"<|im_start|>user\nQuestion {seed}<|im_end|>\n<|im_start|>assistant\n"), 0, tokens,
                new DecodingSettings { Required = true, Temperature = 1, Seed = seed, MaxTokens = seed < 4 ? 40 : 400 });

            await engine.RunAsync(generation, TestContext.Current.CancellationToken);

            ProposedCall call = WrittenCall.Read(generation.Calls.Single(), tokens.Program, 1);
            s_tools.Single(tool => tool.Name == call.WireName).Schema.IsValid(call.Arguments.ToArray()).Should().BeTrue(Encoding.UTF8.GetString(call.Arguments.Span));
            call.Confidence.Should().BeInRange(0, 1);
            call.ArgumentConfidence.Values.All(confidence => confidence >= call.Confidence && confidence <= 1).Should().BeTrue();
        }
    }

    [Theory]
    [InlineData("GLM-4.6", "<tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>Paris \"now\"</arg_value>\n<arg_key>unit</arg_key>\n<arg_value>celsius</arg_value>\n</tool_call>")]
    [InlineData("LFM2.5-8B-A1B", "weather(city='Paris \"now\"', unit='celsius', days=3)")]
    public async Task Run_WithRightGuesses_WritesTheSameInFewerBatches(string template, string body)
    {
        using LlamaEngine engine = TinyModels.Engine();
        var tokens = new CallTokens(new CallProgram(Published.Template(template).Calls, [.. s_tools]), TinyModels.Require());
        var batches = new List<long>();
        foreach ((bool jumps, bool guesses) in new[] { (false, false), (true, false), (true, true) })
        {
            var generation = new CallGeneration(
                TinyModels.Tokens("<|im_start|>user\nQuestion<|im_end|>\n<|im_start|>assistant\n"), 0, tokens,
                new DecodingSettings { Required = true, JumpsForward = jumps }, new ReferenceChooser(body, tokens), guesses ? new FixedDrafts(body) : null);
            await engine.RunAsync(generation, TestContext.Current.CancellationToken);
            Encoding.UTF8.GetString(generation.Calls.Single().Body.Span).Should().Be(body);
            batches.Add(generation.Batches);
        }

        batches.Should().BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Mask_OfTagsThatAreTokens_AllowsThemAroundValuesAlone()
    {
        LlamaModel model = TinyModels.Require();
        int open = model.Vocabulary.NamedTokens.Single(token => Encoding.UTF8.GetString(model.Vocabulary.Text(token)) == "<tool_call>");
        int close = model.Vocabulary.NamedTokens.Single(token => Encoding.UTF8.GetString(model.Vocabulary.Text(token)) == "</tool_call>");
        var tokens = new CallTokens(new CallProgram(Published.Template("GLM-4.6").Calls, [.. s_tools]), model);
        DecodingState start = tokens.Program.Body(0).Start;
        tokens.Mask(start).Allows(open).Should().BeTrue();

        start.Take("<tool_call>weather\n<arg_key>city</arg_key>\n<arg_value>Par"u8, out DecodingState within);
        within.Take("</tool_call>"u8, out _).Should().Be("</tool_call>".Length, "the letters of the tag are text like any other");
        tokens.Mask(within).Allows(close).Should().BeFalse();

        within.Take("is</arg_value>\n<arg_key>unit</arg_key>\n<arg_value>celsius</arg_value>"u8, out DecodingState after);
        after.Take("\n"u8, out after);
        tokens.Mask(after).Allows(close).Should().BeTrue();
    }

    [Fact]
    public void TakeForced_UpToTheBeginningOfATag_LeavesTheTagToTheModel()
    {
        var tokens = new CallTokens(new CallProgram(Published.Template("GLM-4.6").Calls, [.. s_tools]), TinyModels.Require());
        var writer = new BodyWriter(tokens, jumpsForward: true);
        var written = new List<int>();
        writer.TakeForced(written);
        Write(writer, "weather\n<arg_key>city</arg_key>\n<arg_value>a</arg_value>\n<arg_key>unit</arg_key>\n<arg_value>celsius</arg_value>");
        writer.TakeForced(written);
        Encoding.UTF8.GetString(writer.Text).Should().EndWith("celsius</arg_value>\n", "'<' may begin '</tool_call>', which is one token");
    }

    private static void Write(BodyWriter writer, string text)
    {
        string whole = Encoding.UTF8.GetString(writer.Text) + text;
        while (Encoding.UTF8.GetString(writer.Text) is var now && now.Length < whole.Length)
        {
            var tokens = new List<int>();
            TinyModels.Require().Tokenizer.Write(Encoding.UTF8.GetBytes(whole[now.Length..]), tokens, special: false);
            writer.Take(tokens[0]);
        }
    }
}
