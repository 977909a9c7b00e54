using System.Text.Json.Nodes;
using Bridge.Calling;
using Bridge.Http.Tests.Fixtures;
using Bridge.Outcomes;
using Bridge.TestKit;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Endpoints;

public sealed class ChatEndpointTests
{
    private const string Path = "/v1/chat/completions";

    private static string Request(string members, string model = "fake/a") =>
        $$"""{"model": "{{model}}", "messages": [{"role": "user", "content": "Hi"}]{{(members.Length > 0 ? ", " + members : "")}}}""";

    [Fact]
    public async Task Post_NamedResponder_AnswersInOpenAiShapeWithBridgeBeside()
    {
        await using TestHost server = await TestHost.StartAsync();
        server.Models.Answer = (_, _, _) => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Five."))
        {
            ModelId = "a-2026",
            FinishReason = ChatFinishReason.Length,
            Usage = new UsageDetails { InputTokenCount = 7, OutputTokenCount = 2 },
        });

        (int status, JsonNode body) = await server.PostAsync(Path, Request(""));

        status.Should().Be(200);
        body["id"]!.GetValue<string>().Should().StartWith("chatcmpl-");
        body["object"]!.GetValue<string>().Should().Be("chat.completion");
        body["model"]!.GetValue<string>().Should().Be("a-2026");
        JsonNode.DeepEquals(body["choices"], JsonNode.Parse("""
            [{"index": 0, "message": {"role": "assistant", "content": "Five.", "refusal": null}, "finish_reason": "length", "logprobs": null}]
            """)).Should().BeTrue();
        JsonNode.DeepEquals(body["usage"], JsonNode.Parse("""{"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}""")).Should().BeTrue();
        body["bridge"]!["outcome"]!.GetValue<string>().Should().Be("no_call");
    }

    [Fact]
    public async Task Post_ToolsWereCalled_ResponderReadsThemAndTheClientDoesNotGetThemAsItsOwn()
    {
        List<ChatMessage> seen = [];
        await using TestHost server = await TestHost.StartAsync();
        server.Pipeline.Handler = (prompt, _) => Task.FromResult(prompt
            .Append(
                new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c1", "add")]),
                new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c1", "5")]))
            .With(new ToolCalling(PromptOutcome.Called, new Reason(ReasonKind.None, "Called."))));
        server.Models.Answer = (messages, _, _) =>
        {
            seen.AddRange(messages);
            return Task.FromResult(new ChatResponse(new ChatMessage(
                ChatRole.Assistant, [new TextContent("Five."), new FunctionCallContent("c2", "steal")]))
            { FinishReason = ChatFinishReason.ToolCalls });
        };

        (_, JsonNode body) = await server.PostAsync(Path, Request(""));

        seen.Select(message => message.Role.Value).Should().Equal("user", "assistant", "tool");
        body["choices"]!.ToJsonString().Should().NotContain("tool_calls").And.NotContain("steal").And.Contain("\"finish_reason\":\"stop\"");
        body["bridge"]!["outcome"]!.GetValue<string>().Should().Be("called");
    }

    [Fact]
    public async Task Post_Options_ReachTheResponder()
    {
        ChatOptions? seen = null;
        await using TestHost server = await TestHost.StartAsync();
        server.Models.Answer = (_, options, _) =>
        {
            seen = options;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I will not.")])));
        };

        (_, JsonNode body) = await server.PostAsync(Path, Request("""
            "temperature": 0.5, "top_p": 0.25, "max_tokens": 5, "max_completion_tokens": 9, "seed": 4, "stop": ["a", "b"],
            "presence_penalty": 1, "frequency_penalty": -1, "response_format": {"type": "json_object"}, "n": 1, "stream": false,
            "logprobs": false, "tools": null, "user": "me", "metadata": {"a": "b"}, "store": true
            """));

        seen!.Temperature.Should().Be(0.5f);
        seen.TopP.Should().Be(0.25f);
        seen.MaxOutputTokens.Should().Be(9);
        seen.Seed.Should().Be(4);
        seen.StopSequences.Should().Equal("a", "b");
        seen.PresencePenalty.Should().Be(1);
        seen.FrequencyPenalty.Should().Be(-1);
        seen.ResponseFormat.Should().Be(ChatResponseFormat.Json);
        body["choices"]![0]!["message"]!["refusal"]!.GetValue<string>().Should().Be("I will not.");
    }

    [Theory]
    [InlineData("""{"type": "text"}""", typeof(ChatResponseFormatText))]
    [InlineData("""{"type": "json_schema", "json_schema": {"name": "answer", "schema": {"type": "object"}, "strict": true}}""", typeof(ChatResponseFormatJson))]
    public async Task Post_ResponseFormat_IsHonoured(string format, Type kind)
    {
        ChatOptions? seen = null;
        await using TestHost server = await TestHost.StartAsync();
        server.Models.Answer = (_, options, _) =>
        {
            seen = options;
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "{}")));
        };

        await server.PostAsync(Path, Request($"\"response_format\": {format}, \"stop\": \"end\""));

        seen!.ResponseFormat.Should().BeOfType(kind);
        seen.StopSequences.Should().Equal("end");
    }

    [Theory]
    [InlineData("\"tools\": [{\"type\": \"function\"}]", "tools")]
    [InlineData("\"tools\": []", "tools")]
    [InlineData("\"functions\": []", "functions")]
    [InlineData("\"tool_choice\": \"auto\"", "tool_choice")]
    [InlineData("\"function_call\": \"auto\"", "function_call")]
    [InlineData("\"parallel_tool_calls\": true", "parallel_tool_calls")]
    [InlineData("\"stream\": true", "stream")]
    [InlineData("\"stream\": 1", "stream")]
    [InlineData("\"logprobs\": true", "logprobs")]
    [InlineData("\"n\": 2", "n")]
    [InlineData("\"temperature\": 3", "temperature")]
    [InlineData("\"seed\": \"x\"", "seed")]
    [InlineData("\"stop\": []", "stop")]
    [InlineData("\"stop\": [1]", "stop[0]")]
    [InlineData("\"response_format\": \"json\"", "response_format")]
    [InlineData("\"response_format\": {\"type\": \"xml\"}", "response_format.type")]
    [InlineData("\"audio\": {}", "audio")]
    public async Task Post_WhatIsNotServed_Is400AndNamesTheParameter(string members, string name)
    {
        await using TestHost server = await TestHost.StartAsync();

        (int status, JsonNode body) = await server.PostAsync(Path, Request(members));

        status.Should().Be(400);
        body["error"]!["type"]!.GetValue<string>().Should().Be("invalid_request_error");
        body["error"]!["param"]!.GetValue<string>().Should().Be(name);
        server.Pipeline.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("nobody/x")]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("gpt-4o")]
    public async Task Post_UnknownModel_Is404BeforeAnyToolRuns(string model)
    {
        await using TestHost server = await TestHost.StartAsync();

        (int status, JsonNode body) = await server.PostAsync(Path, Request("", model));

        status.Should().Be(404);
        body["error"]!["code"]!.GetValue<string>().Should().Be("model_not_found");
        body["error"]!["param"]!.GetValue<string>().Should().Be("model");
        server.Pipeline.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Post_NoModel_Is400()
    {
        await using TestHost server = await TestHost.StartAsync();

        (int status, JsonNode body) = await server.PostAsync(Path, """{"messages": [{"role": "user", "content": "Hi"}]}""");

        (status, body["error"]!["param"]!.GetValue<string>()).Should().Be((400, "model"));
    }

    [Fact]
    public async Task Post_Bridge_IsTheConfiguredResponder()
    {
        await using TestHost server = await TestHost.StartAsync(options => options.Responder = "fake/configured");

        (int status, JsonNode body) = await server.PostAsync(Path, Request("", "bridge"));

        status.Should().Be(200);
        body["choices"]![0]!["message"]!["content"]!.GetValue<string>().Should().Be("Hello.");
        body["model"]!.GetValue<string>().Should().Be("bridge");
    }

    [Fact]
    public async Task Post_ResponderFails_Is502WithoutItsDetail()
    {
        await using TestHost server = await TestHost.StartAsync();
        server.Models.Answer = (_, _, _) => throw new HttpRequestException("the secret address");

        (int status, JsonNode body) = await server.PostAsync(Path, Request(""));

        status.Should().Be(502);
        body["error"]!["type"]!.GetValue<string>().Should().Be("server_error");
        body.ToJsonString().Should().Contain("fake/a").And.NotContain("secret");
    }

    [Fact]
    public async Task Post_ResponderSaysWhatIsWrong_ThatIsPassedOn()
    {
        await using TestHost server = await TestHost.StartAsync();
        server.Models.Answer = (_, _, _) =>
            throw new ToolCallerException(ReasonKind.CallerUnavailable, "'fake/a' is asleep.") { RetryAfter = TimeSpan.FromSeconds(2.5) };

        (int status, JsonNode body) = await server.PostAsync(Path, Request(""));

        status.Should().Be(502);
        body["error"]!["message"]!.GetValue<string>().Should().Be("'fake/a' is asleep.");
    }

    [Fact]
    public async Task Post_ResponderTakesTooLong_Is504()
    {
        var time = new ManualTimeProvider();
        var asked = new TaskCompletionSource();
        await using TestHost server = await TestHost.StartAsync(
            options => options.Limits.PromptTimeout = TimeSpan.FromMinutes(1), services: services => services.AddSingleton<TimeProvider>(time));
        server.Models.Answer = async (_, _, cancellationToken) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException();
        };

        Task<(int Status, JsonNode Body)> answer = server.PostAsync(Path, Request(""));
        await asked.Task;
        time.Advance(TimeSpan.FromMinutes(1));

        (await answer).Status.Should().Be(504);
        (await answer).Body["error"]!["code"]!.GetValue<string>().Should().Be("responder_timeout");
    }
}
