using System.ClientModel;
using System.Text.Json.Nodes;
using Bridge.Hosting;
using Bridge.Http.Tests.Fixtures;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace Bridge.Http.Tests.Endpoints;

/// <summary>The published client, not one of ours, against the OpenAI face.</summary>
public sealed class OpenAiSdkTests
{
    private static Task<TestHost> StartAsync() =>
        TestHost.StartAsync(bridge: bridge => bridge.WithTool("add", "A tool to add two numbers.", (double a, double b) => a + b));

    private static ChatClient Client(TestHost server, string model, string? key = null) =>
        new(model, new ApiKeyCredential(key ?? server.Key), Options(server));

    private static OpenAIClientOptions Options(TestHost server) => new() { Endpoint = new Uri(server.Address, "/v1") };

    [Fact]
    public async Task CompleteChat_ToolFits_AnswersWithTheResultAndNoToolCalls()
    {
        await using TestHost server = await StartAsync();

        ClientResult<ChatCompletion> result = await Client(server, "bridge").CompleteChatAsync(
            [new SystemChatMessage("Be brief."), new UserChatMessage("Add 2 to 3 using available tools.")],
            new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 100, EndUserId = "me" });

        result.Value.Content.Single().Text.Should().Contain("5");
        result.Value.ToolCalls.Should().BeEmpty();
        result.Value.FinishReason.Should().Be(ChatFinishReason.Stop);
        JsonNode raw = JsonNode.Parse(result.GetRawResponse().Content.ToString())!;
        raw["bridge"]!["calls"]![0]!["tool"]!.GetValue<string>().Should().Be("code/add");
    }

    [Fact]
    public async Task CompleteChat_HistoryWithCallsAndImages_IsUnderstood()
    {
        await using TestHost server = await StartAsync();

        ChatCompletion completion = await Client(server, "fake/a").CompleteChatAsync(
            new UserChatMessage(ChatMessageContentPart.CreateTextPart("See"), ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(new byte[] { 1 }), "image/png")),
            new AssistantChatMessage([ChatToolCall.CreateFunctionToolCall("c1", "look", BinaryData.FromString("{}"))]),
            new ToolChatMessage("c1", "A cat."),
            new UserChatMessage("What was it?"));

        completion.Content.Single().Text.Should().Be("Hello.");
    }

    [Fact]
    public async Task CompleteChat_Refused_GivesTheClientStatusAndReason()
    {
        await using TestHost server = await StartAsync();
        var withTools = new ChatCompletionOptions { Tools = { ChatTool.CreateFunctionTool("mine") } };
        UserChatMessage[] hi = [new UserChatMessage("Hi")];

        Func<Task> tools = () => Client(server, "bridge").CompleteChatAsync(hi, withTools);
        Func<Task> model = () => Client(server, "nobody/x").CompleteChatAsync(hi);
        Func<Task> key = () => Client(server, "bridge", "wrong").CompleteChatAsync(hi);
        Func<Task> stream = async () => await Client(server, "bridge").CompleteChatStreamingAsync(hi).GetAsyncEnumerator().MoveNextAsync();

        (await tools.Should().ThrowAsync<ClientResultException>()).Which.Should().Match<ClientResultException>(error => error.Status == 400 && error.Message.Contains("tools"));
        (await model.Should().ThrowAsync<ClientResultException>()).Which.Status.Should().Be(404);
        (await key.Should().ThrowAsync<ClientResultException>()).Which.Status.Should().Be(401);
        (await stream.Should().ThrowAsync<ClientResultException>()).Which.Should().Match<ClientResultException>(error => error.Status == 400 && error.Message.Contains("stream"));
    }

    [Fact]
    public async Task GetModels_Always_ListsTheResponders()
    {
        await using TestHost server = await StartAsync();

        OpenAIModelCollection models = await new OpenAIModelClient(new ApiKeyCredential(server.Key), Options(server)).GetModelsAsync();

        models.Select(model => model.Id).Should().Equal("bridge", "template");
    }
}
