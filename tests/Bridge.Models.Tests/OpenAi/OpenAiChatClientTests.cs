using System.Text.Json;
using Bridge.Calling;
using Bridge.Models.OpenAi;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.TestKit;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Tests.OpenAi;

public sealed class OpenAiChatClientTests : IAsyncDisposable
{
    private const string Key = "sk-very-secret";
    private static readonly ModelName s_name = ModelName.Parse("fake/small");

    private readonly FakeOpenAi _server = new();
    private readonly ModelsState _models = new();
    private readonly ManualTimeProvider _time = new();
    private readonly OpenAiProvider _provider;

    public OpenAiChatClientTests()
    {
        Configure(new ProviderConfig("fake", _server.Url) { ApiKey = Key, Headers = Headers(("X-Team", "tools")) });
        _provider = new OpenAiProvider(_models, _time, _ => null);
    }

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task GetResponse_Text_IsReadWithItsUsage()
    {
        _server.Says("It is 5.");

        ChatResponse response = await Client().GetResponseAsync("2+3?");

        response.Text.Should().Be("It is 5.");
        response.FinishReason.Should().Be(ChatFinishReason.Stop);
        response.ModelId.Should().Be("small");
        response.Usage.Should().BeEquivalentTo(new { InputTokenCount = 90L, OutputTokenCount = 7L, TotalTokenCount = 97L, CachedInputTokenCount = 64L });
        _server.Last.Headers.Should().Contain("Authorization", $"Bearer {Key}").And.Contain("X-Team", "tools");
        _server.Last.Body.GetProperty("model").GetString().Should().Be("small");
    }

    [Fact]
    public async Task GetResponse_Calls_KeepTheirArgumentsAsWritten()
    {
        _server.Calls(("add", "{\"a\": 2.0}"), ("now", ""), ("add", "{broken"));

        ChatResponse response = await Client().GetResponseAsync("x");

        FunctionCallContent[] calls = [.. response.Messages[0].Contents.OfType<FunctionCallContent>()];
        calls.Select(call => call.CallId).Should().Equal("call_0", "call_1", "call_2");
        calls.Select(call => System.Text.Encoding.UTF8.GetString(ChatCalling.CallArguments.ToUtf8(call))).Should().Equal("{\"a\": 2.0}", "{}", "{broken");
        calls[2].Arguments.Should().BeNull();
        response.FinishReason.Should().Be(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task GetResponse_Conversation_IsSentAsTheApiWantsIt()
    {
        _server.Says("x");
        ChatMessage[] messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, [new TextContent("Look"), new DataContent(new byte[] { 1, 2 }, "image/png"), new UriContent("http://x/y.jpg", "image/jpeg"), new DataContent(new byte[] { 1 }, "audio/wav"), new UriContent("http://x/z.pdf", "application/pdf")]) { AuthorName = "anna" },
            new(ChatRole.Assistant, [new FunctionCallContent("c1", "add", new Dictionary<string, object?> { ["a"] = 2 }), new FunctionCallContent("c2", "shot")]),
            new(ChatRole.Tool, [new FunctionResultContent("c1", "5")]),
            new(ChatRole.Tool, [new FunctionResultContent("c2", new AIContent[] { new DataContent(new byte[] { 3 }, "image/png") })]),
            new(ChatRole.User, "And?"),
        ];

        await Client().GetResponseAsync(messages);

        JsonElement[] wire = [.. _server.Last.Body.GetProperty("messages").EnumerateArray()];
        wire.Select(message => message.GetProperty("role").GetString()).Should().Equal("system", "user", "assistant", "tool", "tool", "user", "user");
        wire[0].GetProperty("content").GetString().Should().Be("Be brief.");
        wire[1].GetProperty("content").EnumerateArray().Select(part => part.GetProperty("type").GetString())
            .Should().Equal("text", "image_url", "image_url", "text", "text");
        wire[1].GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString().Should().Be("data:image/png;base64,AQI=");
        wire[1].GetProperty("name").GetString().Should().Be("anna");
        wire[2].GetProperty("content").ValueKind.Should().Be(JsonValueKind.Null);
        wire[2].GetProperty("tool_calls")[0].GetRawText().Should().Be("""{"id":"c1","type":"function","function":{"name":"add","arguments":"{\u0022a\u0022:2}"}}""");
        wire[3].GetProperty("tool_call_id").GetString().Should().Be("c1");
        wire[5].GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString().Should().Be("data:image/png;base64,Aw==");
    }

    [Fact]
    public async Task GetResponse_ImagesOfTheLastResult_FollowIt()
    {
        _server.Says("x");
        await Client().GetResponseAsync([new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", new DataContent(new byte[] { 3 }, "image/png"))])]);
        _server.Last.Body.GetProperty("messages").GetArrayLength().Should().Be(2);
    }

    [Fact]
    public async Task GetResponse_Options_AreSent()
    {
        _server.Says("x");
        await Client(new ModelProfile { Think = false }).GetResponseAsync("x", new ChatOptions
        {
            Temperature = 0.2f, TopP = 0.9f, FrequencyPenalty = 0.1f, PresencePenalty = 0.3f, Seed = 7, MaxOutputTokens = 99, StopSequences = ["END"],
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}"""), "calls"),
            Tools = [AIFunctionFactory.CreateDeclaration("add", "Adds.", JsonSerializer.Deserialize<JsonElement>("""{"type":"object"}"""))],
            ToolMode = ChatToolMode.RequireSpecific("add"), AllowMultipleToolCalls = false,
        });

        string body = _server.Last.Body.GetRawText();
        body.Should().Contain("\"temperature\":0.2,").And.Contain("\"top_p\":0.9").And.Contain("\"seed\":7").And.Contain("\"max_tokens\":99")
            .And.Contain("\"frequency_penalty\":0.1").And.Contain("\"presence_penalty\":0.3").And.Contain("\"stop\":[\"END\"]")
            .And.Contain("""
                "response_format":{"type":"json_schema","json_schema":{"name":"calls","schema":{"type":"object"}}}
                """)
            .And.Contain("""
                "tools":[{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object"}}}]
                """)
            .And.Contain("""
                "tool_choice":{"type":"function","function":{"name":"add"}}
                """)
            .And.Contain("\"parallel_tool_calls\":false").And.Contain("\"enable_thinking\":false").And.NotContain("stream");
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("required")]
    [InlineData("none")]
    public async Task GetResponse_ToolMode_IsSent(string mode)
    {
        _server.Says("x");
        await Client().GetResponseAsync("x", new ChatOptions
        {
            Tools = [AIFunctionFactory.CreateDeclaration("add", "Adds.", JsonSerializer.Deserialize<JsonElement>("{}"))],
            ToolMode = mode switch { "auto" => ChatToolMode.Auto, "required" => ChatToolMode.RequireAny, _ => ChatToolMode.None },
            ResponseFormat = ChatResponseFormat.Json,
        });

        bool sent = _server.Last.Body.TryGetProperty("tool_choice", out JsonElement choice);
        sent.Should().Be(mode != "none");
        (sent ? choice.GetString() : "none").Should().Be(mode);
        _server.Last.Body.GetProperty("response_format").GetProperty("type").GetString().Should().Be("json_object");
    }

    [Fact]
    public async Task GetResponse_WithoutKey_SendsNone()
    {
        Configure(new ProviderConfig("fake", _server.Url));
        _server.Says("x");
        await Client().GetResponseAsync("x");
        _server.Last.Headers.Keys.Should().NotContain("Authorization");
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"eos"}]}""", "ab", "eos")]
    [InlineData("""{"choices":[{"message":{"refusal":"I will not."}}]}""", "I will not.", null)]
    [InlineData("""{"choices":[{"message":{"content":"x","reasoning_content":"hm"},"finish_reason":"function_call"}],"usage":null}""", "x", "tool_calls")]
    [InlineData("""{"choices":[{"message":{"content":"x","tool_calls":[{"id":"1"},{"function":{"name":"add","arguments":{"a":1}}}]},"finish_reason":""}]}""", "x", null)]
    public async Task GetResponse_WhatCompatibleServersAdd_IsRead(string body, string text, string? finish)
    {
        _server.Answers(new FakeAnswer { Body = body });
        ChatResponse response = await Client().GetResponseAsync("x");
        response.Text.Should().Be(text);
        (response.FinishReason?.Value).Should().Be(finish);
    }

    public static TheoryData<string, FakeAnswer, ReasonKind, bool, string> Failures => new()
    {
        { "429", FakeAnswer.OpenAiError(429, "slow down", "rate_limit", "7"), ReasonKind.CallerUnavailable, true, "asked too often (HTTP 429): 'slow down (rate_limit)'. It asks to wait 7 s." },
        { "500", FakeAnswer.OpenAiError(500, $"boom with {Key}"), ReasonKind.CallerUnavailable, true, "failed (HTTP 500): 'boom with ***'" },
        { "503", new FakeAnswer { Status = 503, Body = "<html>", ContentType = "text/html" }, ReasonKind.CallerUnavailable, true, "failed (HTTP 503). Look at the server's log." },
        { "504", new FakeAnswer { Status = 504 }, ReasonKind.TimedOut, true, "did not answer in time (HTTP 504)" },
        { "401", FakeAnswer.OpenAiError(401, $"bad key {Key}"), ReasonKind.CallerUnavailable, false, "refused the key (HTTP 401). Check 'providers.fake.apiKey'" },
        { "404", FakeAnswer.OpenAiError(404, "no such model"), ReasonKind.UnknownModel, false, "was not found (HTTP 404): 'no such model'. Check the model's name" },
        { "400", FakeAnswer.OpenAiError(400, "temperature is not supported"), ReasonKind.CallerUnavailable, false, "refused the request (HTTP 400)" },
        { "overflow", FakeAnswer.OpenAiError(400, "too long", "context_length_exceeded"), ReasonKind.ContextOverflow, false, "more than fits its context" },
        { "redirect", new FakeAnswer { Status = 307, Headers = new Dictionary<string, string> { ["Location"] = "http://elsewhere/" } }, ReasonKind.CallerUnavailable, false, "(HTTP 307)" },
        { "garbage", new FakeAnswer { Body = "hello" }, ReasonKind.CallerMisbehaved, true, "not JSON" },
        { "half", new FakeAnswer { Body = "{\"choices\": [{\"mess" }, ReasonKind.CallerMisbehaved, true, "half of it" },
        { "broken off", new FakeAnswer { Body = "{\"choices\": [", BreaksOff = true }, ReasonKind.CallerUnavailable, true, "broke off" },
        { "no choices", new FakeAnswer { Body = "[]" }, ReasonKind.CallerMisbehaved, true, "no 'choices'" },
        { "error in 200", new FakeAnswer { Body = """{"error":{"message":"oops"}}""" }, ReasonKind.CallerUnavailable, true, "failed while it answered: 'oops'" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task GetResponse_EndpointFails_SaysWhatWhereAndTheCure(string _, FakeAnswer answer, ReasonKind kind, bool transient, string message)
    {
        _server.Answers(answer);

        ToolCallerException error = await FailAsync(Client());

        error.Message.Should().Contain(message).And.StartWith($"'fake/small' at {_server.Url}").And.NotContain(Key);
        error.Kind.Should().Be(kind);
        error.IsTransient.Should().Be(transient);
        error.RetryAfter.Should().Be(answer.Status == 429 ? TimeSpan.FromSeconds(7) : null);
        _server.Requests.Should().HaveCount(1, "Bridge retries, not the SDK");
    }

    [Fact]
    public async Task GetResponse_Refused_NamesTheAddress()
    {
        await _server.DisposeAsync();
        ToolCallerException error = await FailAsync(Client());
        error.Message.Should().Contain("the connection was refused. Start the server");
        error.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task GetResponse_NoAnswer_TimesOut()
    {
        _server.Answers(new FakeAnswer { Hangs = true });
        ToolCallerException error = await FailAsync(Client(new ModelProfile { TotalTimeout = TimeSpan.FromMilliseconds(200) }));
        error.Kind.Should().Be(ReasonKind.TimedOut);
        error.IsTransient.Should().BeTrue();
    }

    [Fact]
    public async Task GetResponse_Cancelled_IsCancellation()
    {
        _server.Answers(new FakeAnswer { Hangs = true });
        using var source = new CancellationTokenSource();
        Task<ChatResponse> response = Client().GetResponseAsync("x", cancellationToken: source.Token);
        await source.CancelAsync();
        await response.Invoking(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task GetStreamingResponse_TextAndCalls_ArePutTogether()
    {
        _server.Says("Five.");
        _server.Calls(("add", "{\"a\": 2, \"b\": 3}"), ("now", "{}"));

        List<ChatResponseUpdate> updates = await Client().GetStreamingResponseAsync("x").ToListAsync();
        updates.Count.Should().BeGreaterThan(5);
        ChatResponse text = updates.ToChatResponse();
        text.Text.Should().Be("Five.");
        text.Usage!.InputTokenCount.Should().Be(90);
        text.FinishReason.Should().Be(ChatFinishReason.Stop);
        ChatResponse calls = await Client().GetStreamingResponseAsync("x").ToChatResponseAsync();
        calls.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()
            .Select(call => $"{call.CallId} {call.Name} {call.Arguments!.Count}").Should().Equal("call_0 add 2", "call_1 now 0");
        _server.Last.Body.GetProperty("stream_options").GetProperty("include_usage").GetBoolean().Should().BeTrue();
    }

    [Theory]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", "ends before the answer does")]
    [InlineData("data: hello\n\n", "not JSON")]
    [InlineData("data: {}\n\n", "no 'choices'")]
    [InlineData("data: {\"error\":{\"message\":\"oops\"}}\n\n", "'oops'")]
    public async Task GetStreamingResponse_BrokenStream_IsAnError(string events, string message)
    {
        _server.Answers(new FakeAnswer { ContentType = "text/event-stream", Body = events });
        Func<Task> act = () => Client().GetStreamingResponseAsync("x").ToListAsync().AsTask();
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain(message);
    }

    [Fact]
    public async Task GetStreamingResponse_ConnectionBreaks_IsAnError()
    {
        _server.Answers(new FakeAnswer { ContentType = "text/event-stream", Body = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n", BreaksOff = true });
        Func<Task> act = () => Client().GetStreamingResponseAsync("x").ToListAsync().AsTask();
        (await act.Should().ThrowAsync<ToolCallerException>()).Which.Message.Should().Contain("broke off");
    }

    [Fact]
    public async Task GetStreamingResponse_WithoutEndMark_IsCompleteWithAFinishReason()
    {
        _server.Answers(new FakeAnswer
        {
            ContentType = "text/event-stream",
            Body = "data: {\"choices\":[{\"delta\":{\"reasoning\":\"hm\",\"content\":\"a\"}}]}\n\ndata: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n",
        });
        (await Client().GetStreamingResponseAsync("x").ToChatResponseAsync()).Text.Should().Be("a");
    }

    [Fact]
    public void GetService_Metadata_NamesTheEndpoint()
    {
        IChatClient client = Client();
        client.GetService<ChatClientMetadata>()!.DefaultModelId.Should().Be("small");
        client.GetService<OpenAiChatClient>().Should().NotBeNull();
        client.GetService<string>().Should().BeNull();
    }

    private static System.Collections.Immutable.ImmutableDictionary<string, string> Headers(params (string Key, string Value)[] headers) =>
        System.Collections.Immutable.ImmutableDictionary.CreateRange(headers.Select(header => KeyValuePair.Create(header.Key, header.Value)));

    private static async Task<ToolCallerException> FailAsync(IChatClient client)
    {
        Func<Task> act = () => client.GetResponseAsync("x");
        return (await act.Should().ThrowAsync<ToolCallerException>()).Which;
    }

    private void Configure(ProviderConfig config) =>
        _models.Replace(ModelsConfig.Default with { Providers = ModelsConfig.Default.Providers.Add("fake", config) });

    private IChatClient Client(ModelProfile? profile = null) => _provider.CreateResponder(s_name, profile ?? ModelProfile.Default)!;
}
