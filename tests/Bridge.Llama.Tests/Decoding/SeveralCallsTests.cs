using System.Text;
using System.Text.Json;
using Bridge.Calling;
using Bridge.Llama.Calling;
using Bridge.Llama.Decoding;
using Bridge.Llama.Inference;
using Bridge.Llama.Jinja;
using Bridge.Llama.Templates;
using Bridge.Llama.Tests.Templates;
using Bridge.Schemas.Automata;
using Bridge.TestKit;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>A model that means to call several tools does, in the form of every family that has several calls in an answer; and one that means to end ends.</summary>
public class SeveralCallsTests(ITestOutputHelper output)
{
    private static readonly (string Name, string Arguments)[] s_calls =
        [("get_weather", """{"city": "Paris", "days": 2}"""), ("get", "{}"), ("get_weather", """{"city": "Rome"}""")];

    [Theory]
    [InlineData("GLM-4.7-Flash", "")]
    [InlineData("Mistral-Small-3.2-24B-Instruct-2506", "")]
    [InlineData("deepseek-ai-DeepSeek-V3.1", "")]
    [InlineData("moonshotai-Kimi-K2", "")]
    [InlineData("MiniMax-M2", "")]
    [InlineData("Qwen-Qwen3-0.6B", "\n")]
    [InlineData("CohereForAI-c4ai-command-r7b-12-2024-tool_use", ",")]
    public async Task Run_OfAFamily_WritesAsManyCallsAsTheModelMeans(string template, string separator)
    {
        CallForm form = Published.Template(template).Calls;
        form.Separator.Should().Be(separator);
        await Prove(template, form);
    }

    [Fact]
    public async Task Run_OfEveryFamilyWithSeveralCalls_WritesAsManyAsTheModelMeans()
    {
        int families = 0;
        foreach (FileInfo file in PublishedTemplates.All)
        {
            CallForm form = ChatTemplate.Parse(File.ReadAllText(file.FullName), Published.Texts).Calls;
            if (form.Separator is not null)
            {
                await Prove(file.Name, form);
                families++;
            }
        }

        output.WriteLine($"{families} families.");
        families.Should().BeGreaterThan(40);
    }

    private static async Task Prove(string template, CallForm form)
    {
        var tokens = new CallTokens(new CallProgram(form, [.. Published.Tools], maxTextLength: 60), TinyModels.Require());
        for (int count = 1; count <= s_calls.Length; count++)
        {
            string text = Written(form, count);
            string[] bodies = await Run(tokens, text, count, template, jumps: true, drafts: null);
            (await Run(tokens, text, count, template, jumps: false, drafts: null)).Should().Equal(bodies);
            foreach (string body in bodies)
            {
                (await Run(tokens, text, count, template, jumps: true, new FixedDrafts(body))).Should().Equal(bodies, "guessing changes nothing");
            }
        }
    }

    private static async Task<string[]> Run(CallTokens tokens, string text, int count, string template, bool jumps, IDraftSource? drafts)
    {
        int[] prompt = TinyModels.Tokens("Ask.");
        var options = new ModelOptions { ContextTokens = 8192, Threads = 1 };
        using var engine = new LlamaEngine(new SayingContext(tokens.Model, prompt.Length, text), options, "saying", canForget: true);
        var generation = new CallGeneration(
            prompt, 0, tokens, new DecodingSettings { Required = true, MaxCalls = 4, MaxTokens = 2000, JumpsForward = jumps }, chooser: null, drafts);
        await engine.RunAsync(generation, TestContext.Current.CancellationToken);

        ProposedCall[] calls = [.. generation.Calls.Select(call => WrittenCall.Read(call, tokens.Program, 1))];
        calls.Select(call => call.WireName).Should().Equal(s_calls.Take(count).Select(call => call.Name), $"{template} says {text}");
        foreach ((ProposedCall call, (string _, string arguments)) in calls.Zip(s_calls))
        {
            JsonElement.DeepEquals(JsonElement.Parse(call.Arguments.Span), JsonElement.Parse(arguments)).Should().BeTrue($"{template} says {text}, and wrote {string.Concat(generation.Calls.Select(written => Encoding.UTF8.GetString(written.Body.Span)))}");
        }

        return [.. generation.Calls.Select(call => Encoding.UTF8.GetString(call.Body.Span))];
    }

    private static string Written(CallForm form, int count)
    {
        var context = new RenderContext(new RenderBudget(TemplateLimits.Default, CancellationToken.None), DateTimeOffset.UnixEpoch);
        return form.Write([.. s_calls.Take(count).Select(call => (call.Name, TextValue.Data(form.Style == JsonStyle.Compact ? call.Arguments.Replace(" ", "") : call.Arguments)))], 0, context).Value;
    }
}
