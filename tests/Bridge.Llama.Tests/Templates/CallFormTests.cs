using System.Text;
using System.Text.Json;
using Bridge.Llama.Jinja;
using Bridge.Llama.Templates;
using Bridge.Schemas.Decoding;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Tests.Templates;

/// <summary>The form in which each family writes calls is found in its template, decoded and read back.</summary>
public class CallFormTests(ITestOutputHelper output)
{
    private const string Own = "the template's own";
    private const string Unknown = "Hermes, for the template's own form is not known";

    [Theory]
    [InlineData("Qwen-Qwen2.5-7B-Instruct", Own, "<tool_call>\n{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}\n</tool_call>«\n»")]
    [InlineData("Qwen-Qwen3-0.6B", Own, "<tool_call>\n{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}\n</tool_call>«\n»")]
    [InlineData("NousResearch-Hermes-3-Llama-3.1-8B-tool_use", Own, "<tool_call>\n{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}\n</tool_call>«\n»")]
    [InlineData("meta-llama-Llama-3.1-8B-Instruct", Own, "{\"name\": \"«ToolName»\", \"parameters\": «Arguments»}")]
    [InlineData("meta-llama-Llama-3.2-3B-Instruct", Own, "{\"name\": \"«ToolName»\", \"parameters\": «Arguments»}")]
    [InlineData("mistralai-Mistral-Nemo-Instruct-2407", Own, "[TOOL_CALLS][{\"name\": \"«ToolName»\", \"arguments\": «Arguments», \"id\": \"«Id»\"}«, »]")]
    [InlineData("Mistral-Small-3.2-24B-Instruct-2506", Own, "[TOOL_CALLS]«ToolName»[CALL_ID]«Id»[ARGS]«Arguments»«»")]
    [InlineData("unsloth-mistral-Devstral-Small-2507", Own, "[TOOL_CALLS]«ToolName»[ARGS]«Arguments»«»")]
    [InlineData("meetkai-functionary-medium-v3.1", Own, "<function=«ToolName»>«Arguments»</function>«»")]
    [InlineData("meetkai-functionary-medium-v3.2", Own, "«ToolName»\n«Arguments»«>>>»")]
    [InlineData("fireworks-ai-llama-3-firefunction-v2", Own, " functools[{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}«, »]")]
    [InlineData("CohereForAI-c4ai-command-r-plus-tool_use", Own, "\nAction:\n```json\n[\n    {\n        \"tool_name\": \"«ToolName»\",\n        \"parameters\": «Arguments»\n    }«,»\n]```\n")]
    [InlineData("CohereForAI-c4ai-command-r7b-12-2024-tool_use", Own, "<|START_ACTION|>[\n    {\"tool_call_id\": \"«0»\", \"tool_name\": \"«ToolName»\", \"parameters\": «Arguments»}«,»\n]<|END_ACTION|>")]
    [InlineData("deepseek-ai-DeepSeek-R1-Distill-Qwen-32B", Own, "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>«ToolName»\n```json\n«Arguments»\n```<｜tool▁call▁end｜>«\n»<｜tool▁calls▁end｜>")]
    [InlineData("deepseek-ai-DeepSeek-V3.1", Own, "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>«ToolName»<｜tool▁sep｜>«Arguments»<｜tool▁call▁end｜>«»<｜tool▁calls▁end｜>")]
    [InlineData("openai-gpt-oss-120b", Own, " to=functions.«ToolName»<|channel|>commentary json<|message|>«Arguments»")]
    [InlineData("moonshotai-Kimi-K2", Own, "<|tool_calls_section_begin|><|tool_call_begin|>functions.«ToolName»:«0»<|tool_call_argument_begin|>«Arguments»<|tool_call_end|>«»<|tool_calls_section_end|>")]
    [InlineData("MiniMax-M1", Own, "<tool_calls>\n{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}\n«»</tool_calls>")]
    [InlineData("NVIDIA-Nemotron-Nano-v2", Own, "<TOOLCALL>[{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}«, »]</TOOLCALL>")]
    [InlineData("Apertus-8B-Instruct", Own, "<|tools_prefix|>[{\"«ToolName»\": «Arguments»}«, »]<|tools_suffix|>")]
    [InlineData("GigaChat3.1-10B-A1.8B", Own, "<|function_call|>{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}")]
    [InlineData("upstage-Solar-Open-100B", Own, "<|tool_calls|><|tool_call:begin|>«Id»<|tool_call:name|>«ToolName»<|tool_call:args|>«Arguments»<|tool_call:end|>«»")]
    [InlineData("ibm-granite-granite-4.0", Own, "<tool_call>\n{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}\n</tool_call>«\n»")]
    [InlineData("ibm-granite-granite-3.3-2B-Instruct", "Granite", "<|tool_call|>[{\"name\": \"«ToolName»\", \"arguments\": «Arguments»}«, »]")]
    [InlineData("LFM2-8B-A1B", "LFM", "<|tool_call_start|>[«ToolName»(«name»=«value»«, »)«, »]<|tool_call_end|>")]
    [InlineData("GLM-4.6", Own, "<tool_call>«ToolName»\n<arg_key>«name»</arg_key>\n<arg_value>«value»</arg_value>\n</tool_call>«\n»")]
    [InlineData("GLM-4.7-Flash", Own, "<tool_call>«ToolName»<arg_key>«name»</arg_key><arg_value>«value»</arg_value></tool_call>«»")]
    [InlineData("Qwen3-Coder", Own, "<tool_call>\n<function=«ToolName»>\n<parameter=«name»>\n«value»\n</parameter>\n</function>\n</tool_call>«\n»")]
    [InlineData("ByteDance-Seed-OSS", Own, "<seed:tool_call>\n<function=«ToolName»>\n<parameter=«name»>«value»</parameter>\n</function>\n</seed:tool_call>«\n»")]
    [InlineData("MiniMax-M2", Own, "\n<minimax:tool_call>\n<invoke name=\"«ToolName»\">\n<parameter name=\"«name»\">«value»</parameter>\n</invoke>\n«»</minimax:tool_call>")]
    [InlineData("deepseek-ai-DeepSeek-V4", Own, "\n\n<｜DSML｜tool_calls>\n<｜DSML｜invoke name=\"«ToolName»\">\n<｜DSML｜parameter name=\"«name»\" string=\"true\">«value»</｜DSML｜parameter>«\n»\n</｜DSML｜invoke>\n«»</｜DSML｜tool_calls>")]
    [InlineData("google-gemma-4-31B-it", Own, "<|tool_call>call:«ToolName»{«name»:<|\"|>«value»<|\"|>«,»}<tool_call|>«»<|tool_response>")]
    [InlineData("LFM2.5-8B-A1B", Own, "<|tool_call_start|>[«ToolName»(«name»=«value»«, »)«, »]<|tool_call_end|>")]
    [InlineData("openbmb-MiniCPM5-1B", Own, "<function name=\"«ToolName»\"><param name=\"«name»\">«value»</param></function>«\n»")]
    [InlineData("Kimi-K3", Own, "<|close|>response<|sep|><|open|>tools<|sep|><|open|>call tool=\"«ToolName»\" index=\"«1»\"<|sep|><|open|>argument key=\"«name»\" type=\"string\"<|sep|>«value»<|close|>argument<|sep|><|close|>call<|sep|>«»<|close|>tools<|sep|><|close|>message<|sep|>")]
    [InlineData("MiniMax-M3", Unknown, null)]
    [InlineData("microsoft-Phi-3.5-mini-instruct", "Hermes", null)]
    [InlineData("google-gemma-2-2b-it", "Hermes", null)]
    public void Calls_OfAFamily_AreInItsForm(string file, string name, string? form)
    {
        CallForm found = Published.Template(file).Calls;
        found.Name.Should().Be(name);
        found.ToString().Should().Be(form ?? KnownCallForms.Hermes.ToString());
    }

    [Fact]
    public void Calls_OfEveryTemplate_AreWrittenAsItWritesThem()
    {
        int own = 0;
        foreach (FileInfo file in PublishedTemplates.All)
        {
            ChatTemplate template = ChatTemplate.Parse(File.ReadAllText(file.FullName), Published.Texts);
            if (!template.Calls.IsOwn)
            {
                output.WriteLine($"{file.Name}: {template.Calls.Name}");
                continue;
            }

            own++;
            for (int count = 1; count <= (template.Calls.Separator is null ? 1 : 2); count++)
            {
                string written = Written(template.Calls, count);
                string prompt = template.Render(Conversation(count), Published.Tools, new TemplateOptions { AddGenerationPrompt = false }).Text;
                Flat(prompt).Should().Contain(Flat(written), file.Name);
            }
        }

        own.Should().Be(62);
    }

    [Fact]
    public void CallOf_OfEveryTemplate_DecodesItsCallsAndReadsThemBack()
    {
        foreach (FileInfo file in PublishedTemplates.All)
        {
            CallForm form = ChatTemplate.Parse(File.ReadAllText(file.FullName), Published.Texts).Calls;
            int most = form.Separator is null ? 1 : 2;
            for (int count = 1; count <= most; count++)
            {
                string written = Written(form, count);
                Decoded(form, written, count).Should().Be(written, file.Name);
                IReadOnlyList<FormCall>? calls = form.Read(written, Published.Tools);
                calls.Should().HaveCount(count, file.Name);
                calls![0].Name.Should().Be("get_weather");
                JsonElement.DeepEquals(JsonElement.Parse(calls[0].Arguments.Span), JsonElement.Parse("""{"city": "Paris", "days": 2}""")).Should().BeTrue(file.Name);
                calls.Skip(1).All(call => call.Name == "get").Should().BeTrue(file.Name);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<tool_call>\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Paris\"}}")]
    [InlineData("<tool_call>\n{\"name\": \"other\", \"arguments\": {}}\n</tool_call>")]
    [InlineData("<tool_call>\n{\"name\": \"get\", \"arguments\": {]}\n</tool_call>")]
    [InlineData("<tool_call>\n{\"name\": \"get\", \"arguments\": {}}\n</tool_call>\nSo be it.")]
    public void Read_OfATextNotInTheForm_GivesNothing(string text) => KnownCallForms.Hermes.Read(text, Published.Tools).Should().BeNull();

    private static string Written(CallForm form, int count)
    {
        var context = new RenderContext(new RenderBudget(TemplateLimits.Default, CancellationToken.None), DateTimeOffset.UnixEpoch);
        (string, TextValue)[] calls = [("get_weather", TextValue.Data("""{"city": "Paris", "days": 2}""")), ("get", TextValue.Data("{}"))];
        return form.Write(calls[..count], 0, context).Value;
    }

    /// <summary>A text of calls as far as it is decoded: each call by what decodes it, with what stands around them.</summary>
    private static string Decoded(CallForm form, string text, int count)
    {
        string decoded = form.Opening;
        for (int number = 0; number < count; number++)
        {
            decoded += number > 0 ? form.Separator : "";
            byte[] rest = Encoding.UTF8.GetBytes(text[decoded.Length..]);
            int taken = DecodingProgram.For(form.CallOf(Published.Tools, number), new DecodingOptions { Style = form.Style }).Start.Take(rest, out DecodingState end);
            end.CanEnd.Should().BeTrue(text);
            decoded += Encoding.UTF8.GetString(rest.AsSpan(0, taken));
        }

        return decoded + form.Closing;
    }

    private static List<ChatMessage> Conversation(int count) =>
    [
        new(ChatRole.User, "What is the weather?"),
        new(ChatRole.Assistant,
        [
            new FunctionCallContent("x", "get_weather", new Dictionary<string, object?> { ["city"] = "Paris", ["days"] = 2 }),
            .. count > 1 ? [new FunctionCallContent("y", "get")] : (AIContent[])[],
        ]),
    ];

    // One family sets its JSON over several lines.
    private static string Flat(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
