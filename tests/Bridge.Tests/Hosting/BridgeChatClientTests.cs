using Bridge.Hosting;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Responding;
using Bridge.TestKit;
using Microsoft.Extensions.AI;
using static Bridge.Tests.Pipeline.BridgeFixture;

namespace Bridge.Tests.Hosting;

public class BridgeChatClientTests
{
    [Fact]
    public async Task GetResponseAsync_PromptPassesTheBridgeFirst()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(AddTwoAndThree));
        using IChatClient client = new TemplateResponder().WithBridge(bridge);

        ChatResponse response = await client.GetResponseAsync("Add 2 to 3.");

        response.Text.Should().Be("The result of add is 5.");
        response.AdditionalProperties![BridgeChatClientExtensions.ToolCallingKey].Should().BeOfType<ToolCalling>().Which.Outcome.Should().Be(PromptOutcome.Called);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_PromptPassesTheBridgeFirst()
    {
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), new ScriptedToolCaller(AddTwoAndThree));
        using IChatClient client = new TemplateResponder().WithBridge(bridge, new ToolCallOptions { MaxCalls = 1 });

        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Add 2 to 3."))
        {
            updates.Add(update);
        }

        updates.ToChatResponse().Text.Should().Be("The result of add is 5.");
        updates[0].AdditionalProperties.Should().ContainKey(BridgeChatClientExtensions.ToolCallingKey);
    }

    [Fact]
    public async Task GetResponseAsync_Cancelled_Throws()
    {
        using var cancellation = new CancellationTokenSource();
        var caller = new ScriptedToolCaller(async (request, token) =>
        {
            await cancellation.CancelAsync();
            return await ScriptedToolCaller.Hang(request, token);
        });
        await using ToolCallBridge bridge = await CreateAsync(Calculator(), caller);
        using IChatClient client = new TemplateResponder().WithBridge(bridge);

        Func<Task> answer = () => client.GetResponseAsync("Add.", cancellationToken: cancellation.Token);

        await answer.Should().ThrowAsync<OperationCanceledException>();
    }
}
