using System.Text.Json;
using Bridge.Calling;
using Bridge.Models.Ollama;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Tests.Ollama;

public sealed class OllamaProviderTests : IAsyncDisposable
{
    private static readonly ModelName s_name = ModelName.Parse("ollama/qwen3:0.6b");

    private readonly FakeOllama _server = new();
    private readonly ModelsState _models = new();
    private readonly OllamaProvider _provider;

    public OllamaProviderTests() =>
        _provider = new OllamaProvider(_models, TimeProvider.System, name => name == "OLLAMA_HOST" ? _server.Root.Authority : null);

    private JsonElement Sent => _server.Last.Body;

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Propose_NativeTools_IsACall()
    {
        _server.Calls(("add", """{"a": 2, "b": 3}"""), ("now", "{}"));

        Proposal proposal = await Caller().ProposeAsync(Asked.Request() with { Temperature = 0 }, default);

        Asked.Show(proposal).Should().Be("""add{"a":2,"b":3}|now{}""");
        proposal.Calls.Select(call => call.Id).Should().Equal("call_0", "call_1");
        proposal.InputTokens.Should().Be(90);
        Sent.GetProperty("model").GetString().Should().Be("qwen3:0.6b");
        Sent.GetProperty("stream").GetBoolean().Should().BeFalse();
        Sent.GetProperty("tools").GetArrayLength().Should().Be(2);
        Sent.GetProperty("options").GetRawText().Should().Be("""{"num_ctx":8192,"temperature":0,"num_predict":512}""");
        Sent.TryGetProperty("think", out _).Should().BeFalse();
        Sent.TryGetProperty("keep_alive", out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(null, 40960, 8192)]
    [InlineData(null, 2048, 2048)]
    [InlineData(16384, 40960, 16384)]
    public async Task Propose_ContextAskedFor_IsAlwaysSent(int? profile, int model, int sent)
    {
        _server.ContextLength = model;
        _server.Says("no");
        IToolCaller caller = Caller(new ModelProfile { ContextTokens = profile });

        await caller.ProposeAsync(Asked.Request(), default);

        Sent.GetProperty("options").GetProperty("num_ctx").GetInt32().Should().Be(sent);
        caller.Capabilities.ContextTokens.Should().Be(sent - 512);
    }

    [Fact]
    public async Task Propose_PromptBeyondTheContext_IsRefusedBeforeTheServerCutsIt()
    {
        _server.ContextLength = 1024;
        Func<Task> act = () => Caller().ProposeAsync(Asked.Request(new string('x', 8000)), default);
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Kind.Should().Be(ReasonKind.ContextOverflow);
        _server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Propose_ModelWithoutTools_DecodesUnderASchema()
    {
        _server.Capabilities = ["completion"];
        _server.Says("""{"calls": [{"tool": "add", "arguments": {"a": 2, "b": 3}}]}""");

        Asked.Show(await Caller().ProposeAsync(Asked.Request(), default)).Should().Be("""add{"a": 2, "b": 3}""");
        Sent.TryGetProperty("tools", out _).Should().BeFalse();
        Sent.GetProperty("format").GetProperty("type").GetString().Should().Be("object");
    }

    [Fact]
    public async Task Propose_RequiredChoice_DecodesUnderASchema()
    {
        _server.Says("""{"calls": [{"tool": "now", "arguments": {}}]}""");
        Asked.Show(await Caller().ProposeAsync(Asked.Request() with { Choice = ToolChoice.Required }, default)).Should().Be("now{}");
        Sent.GetProperty("format").GetProperty("properties").GetProperty("calls").GetProperty("minItems").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData("""{"type":"string","pattern":"^\\d{2}$"}""", """{"type":"string","pattern":"^[0-9]{2}$"}""")]
    [InlineData("""{"type":"strnig"}""", """{"type":"strnig"}""")]
    public async Task Respond_UnderASchema_SendsWhatOllamaUnderstands(string schema, string format)
    {
        _server.Says("\"42\"");
        await Responder().GetResponseAsync("x", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(schema)) });
        Sent.GetProperty("format").GetRawText().Should().Be(format);
    }

    [Fact]
    public async Task Propose_Again_ShowsTheModelOnce()
    {
        _server.Says("a");
        _server.Says("b");
        IToolCaller caller = Caller();
        await caller.ProposeAsync(Asked.Request(), default);
        await caller.ProposeAsync(Asked.Request(), default);
        _server.Shown.Should().Be(1);
    }

    [Theory]
    [InlineData(true, "10m", "\"think\":false", "\"keep_alive\":\"10m\"")]
    [InlineData(true, "-1", "\"think\":false", "\"keep_alive\":-1")]
    [InlineData(false, "0", null, "\"keep_alive\":0")]
    public async Task Respond_ThinkAndKeepAlive_AreSentWhereTheyAreUnderstood(bool thinks, string keep, string? think, string keepAlive)
    {
        _server.Capabilities = thinks ? ["completion", "thinking"] : ["completion"];
        _server.Says("x", thinking: "hm");

        ChatResponse response = await Responder(new ModelProfile { Think = false, KeepAlive = keep }).GetResponseAsync("x");

        response.Text.Should().Be("x");
        response.Messages[0].Contents.OfType<TextReasoningContent>().Should().ContainSingle();
        Sent.GetRawText().Should().Contain(keepAlive);
        Sent.GetRawText().Contains("\"think\"", StringComparison.Ordinal).Should().Be(think is not null);
    }

    [Fact]
    public async Task Respond_Conversation_IsSentAsTheApiWantsIt()
    {
        _server.Says("x");
        await Responder().GetResponseAsync(
            [
                new ChatMessage(ChatRole.User, [new TextContent("Look"), new DataContent(new byte[] { 1, 2 }, "image/png")]),
                new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 2 })]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "5"), new FunctionResultContent("c9", new DataContent(new byte[] { 3 }, "image/png"))]),
            ],
            new ChatOptions { Seed = 7, TopK = 4, TopP = 0.9f, FrequencyPenalty = 1, PresencePenalty = 1, StopSequences = ["END"], ResponseFormat = ChatResponseFormat.Json });

        Sent.GetProperty("messages").GetRawText().Should().Be("""
            [{"role":"user","content":"Look","images":["AQI="]},{"role":"assistant","content":"","tool_calls":[{"function":{"name":"add","arguments":{"a":2}}}]},{"role":"tool","content":"5","tool_name":"add"},{"role":"tool","content":"[image/png, 1 bytes]","images":["Aw=="]}]
            """);
        Sent.GetProperty("options").GetRawText().Should().Be(
            """{"num_ctx":8192,"top_p":0.9,"frequency_penalty":1,"presence_penalty":1,"top_k":4,"seed":7,"stop":["END"]}""");
        Sent.GetProperty("format").GetString().Should().Be("json");
    }

    [Fact]
    public async Task Respond_ModelWithoutTools_ReadsResultsAsText()
    {
        _server.Capabilities = ["completion"];
        _server.Says("5");
        await Responder().GetResponseAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "5")])]);
        Sent.GetProperty("messages")[0].GetProperty("role").GetString().Should().Be("user");
    }

    [Fact]
    public async Task Respond_Streaming_IsPutTogether()
    {
        _server.Says("Five.", doneReason: "length");
        _server.Calls(("add", """{"a":1}"""), ("add", """{"a":2}"""));

        ChatResponse text = await Responder().GetStreamingResponseAsync("x").ToChatResponseAsync();
        text.Text.Should().Be("Five.");
        text.FinishReason.Should().Be(ChatFinishReason.Length);
        text.Usage!.OutputTokenCount.Should().Be(7);
        ChatResponse calls = await Responder().GetStreamingResponseAsync("x").ToChatResponseAsync();
        calls.Messages[0].Contents.OfType<FunctionCallContent>().Select(call => call.CallId).Should().Equal("call_0", "call_1");
        Sent.GetProperty("stream").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("{\"message\":{\"content\":\"a\"},\"done\":false}\n", false, "ends before the answer does")]
    [InlineData("{\"message\":{\"content\":\"a\"},\"done\":false}\n{\"mess", false, "half of one")]
    [InlineData("\n{\"error\":\"out of memory\"}\n", false, "'out of memory'")]
    [InlineData("{\"message\":{\"content\":\"a\"},\"done\":false}\n", true, "broke off")]
    public async Task Respond_BrokenStream_IsAnError(string lines, bool breaksOff, string message)
    {
        _server.Answers(new FakeAnswer { ContentType = "application/x-ndjson", Body = lines, BreaksOff = breaksOff });
        Func<Task> act = () => Responder().GetStreamingResponseAsync("x").ToListAsync().AsTask();
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain(message);
    }

    public static TheoryData<string, FakeAnswer, ReasonKind, bool, string> Failures => new()
    {
        { "missing", FakeAnswer.OllamaError(404, "model 'qwen3:0.6b' not found"), ReasonKind.UnknownModel, false, "`ollama pull qwen3:0.6b`" },
        { "wrong address", new FakeAnswer { Status = 404, Body = "404 page not found", ContentType = "text/plain" }, ReasonKind.UnknownModel, false, "the base of the API" },
        { "500", FakeAnswer.OllamaError(500, "llama runner process has terminated"), ReasonKind.CallerUnavailable, true, "'llama runner process has terminated'" },
        { "503", new FakeAnswer { Status = 503, Headers = new Dictionary<string, string> { ["Retry-After"] = "3" } }, ReasonKind.CallerUnavailable, true, "wait 3 s" },
        { "400", FakeAnswer.OllamaError(400, "does not support tools"), ReasonKind.CallerUnavailable, false, "'toolFormat'" },
        { "garbage", new FakeAnswer { Body = "hello" }, ReasonKind.CallerMisbehaved, true, "not JSON" },
        { "no message", new FakeAnswer { Body = "{}" }, ReasonKind.CallerMisbehaved, true, "no 'message'" },
        { "error in 200", FakeAnswer.OllamaError(200, "oops"), ReasonKind.CallerUnavailable, true, "'oops'" },
        { "broken off", new FakeAnswer { Body = "{\"message\":", BreaksOff = true }, ReasonKind.CallerUnavailable, true, "broke off" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Propose_ServerFails_SaysWhatWhereAndTheCure(string _, FakeAnswer answer, ReasonKind kind, bool transient, string message)
    {
        _server.Answers(answer);
        Func<Task> act = () => Caller().ProposeAsync(Asked.Request(), default);

        ToolCallerException error = (await act.Should().ThrowAsync<ToolCallerException>()).Which;
        error.Message.Should().Contain(message).And.StartWith("'ollama/qwen3:0.6b' at http://127.0.0.1:");
        error.Kind.Should().Be(kind);
        error.IsTransient.Should().Be(transient);
    }

    [Fact]
    public async Task Propose_Cancelled_IsCancellation()
    {
        _server.Answers(new FakeAnswer { Hangs = true });
        using var source = new CancellationTokenSource();
        Task<Proposal> proposal = Caller().ProposeAsync(Asked.Request(), source.Token);
        await source.CancelAsync();
        await proposal.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Probe_Model_TellsContextAndTools()
    {
        ModelProbe probe = await _provider.ProbeAsync(s_name, default);
        probe.Should().BeEquivalentTo(new { Available = true, ContextTokens = 40960, Tools = true });

        _server.Capabilities = ["completion"];
        (await _provider.ProbeAsync(s_name, default)).Detail.Should().Contain("decoded under a schema");
        _server.Show = new FakeAnswer { Body = "{}" };
        (await _provider.ProbeAsync(s_name, default)).Should().BeEquivalentTo(new { Available = true, ContextTokens = (int?)null, Tools = (bool?)null });
        _server.Show = FakeAnswer.OllamaError(404, "model not found");
        (await _provider.ProbeAsync(s_name, default)).Should().BeEquivalentTo(new { Available = false });
    }

    [Fact]
    public void Serves_OllamaAndConfiguredNames()
    {
        _models.Replace(ModelsFile.Parse("m.json", """{"providers":{"gpu":{"url":"http://gpu:1","type":"ollama"},"vllm":{"url":"http://x"}}}""").Config!);
        _provider.Serves("ollama").Should().BeTrue();
        _provider.Serves("gpu").Should().BeTrue();
        _provider.Serves("vllm").Should().BeFalse();
        _provider.EndpointOf(ModelName.Parse("gpu/x")).Url.Should().Be(new Uri("http://gpu:1"));
    }

    [Fact]
    public async Task Ask_HostThatIsNone_NamesTheVariable()
    {
        using var provider = new OllamaProvider(_models, TimeProvider.System, _ => "ftp://x");
        Func<Task> act = () => provider.CreateResponder(s_name, ModelProfile.Default)!.GetResponseAsync("x");
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain("OLLAMA_HOST").And.Contain("'ftp://x'");
    }

    [Fact]
    public void GetService_Metadata_NamesTheEndpoint()
    {
        IChatClient client = Responder();
        client.GetService<ChatClientMetadata>()!.ProviderName.Should().Be("ollama");
        client.GetService<string>().Should().BeNull();
        client.Dispose();
    }

    [Fact]
    public async Task Find_ServerThere_ListsItsModelsAndTheBest()
    {
        _models.Replace(ModelsFile.Parse("m.json", """{"providers":{"ollama":{"url":"URL","apiKey":"k","headers":{"X-A":"b"}}}}""".Replace("URL", _server.Root.ToString())).Config!);

        OllamaFinding finding = await OllamaDetection.FindAsync(_models);

        finding.Problem.Should().BeNull();
        finding.Models.Select(model => model.Name).Should().Equal("llama3.2:3b", "qwen3:0.6b", "mystery:1b");
        OllamaDetection.Best(finding.Models, ProfileTable.BuiltIn)!.Name.Should().Be("qwen3:0.6b");
        OllamaDetection.Best([new OllamaModel("mystery", 1)], ProfileTable.BuiltIn).Should().BeNull();
    }

    [Fact]
    public async Task Find_Trouble_IsAFinding()
    {
        _models.Replace(ModelsFile.Parse("m.json", """{"providers":{"ollama":{"url":"URL"}}}""".Replace("URL", _server.Root.ToString())).Config!);
        _server.Tags = new FakeAnswer { Body = "[]" };
        (await OllamaDetection.FindAsync(_models)).Problem.Should().Contain("no list of models");
        _server.Tags = new FakeAnswer { Hangs = true };
        (await OllamaDetection.FindAsync(_models, TimeSpan.FromMilliseconds(50))).Problem.Should().Contain("Nothing answered");
        await _server.DisposeAsync();
        (await OllamaDetection.FindAsync(_models)).Problem.Should().Contain("refused");
    }

    [Theory]
    [InlineData(null, "http://127.0.0.1:11434/")]
    [InlineData(" ", "http://127.0.0.1:11434/")]
    [InlineData("gpu", "http://gpu:11434/")]
    [InlineData("gpu:80", "http://gpu/")]
    [InlineData("gpu:1234", "http://gpu:1234/")]
    [InlineData(":1234", "http://127.0.0.1:1234/")]
    [InlineData("0.0.0.0", "http://127.0.0.1:11434/")]
    [InlineData("[::]:1234", "http://127.0.0.1:1234/")]
    [InlineData("https://gpu.example/", "https://gpu.example/")]
    [InlineData("ftp://gpu", null)]
    public void TryParse_Host_IsReadAsOllamaReadsIt(string? text, string? expected) =>
        (OllamaHost.TryParse(text)?.ToString()).Should().Be(expected);

    private IToolCaller Caller(ModelProfile? profile = null) => _provider.CreateToolCaller(s_name, profile ?? ModelProfile.Default)!;

    private IChatClient Responder(ModelProfile? profile = null) => _provider.CreateResponder(s_name, profile ?? ModelProfile.Default)!;
}
