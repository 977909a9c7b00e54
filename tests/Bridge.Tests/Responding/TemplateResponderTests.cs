using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Responding;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Responding;

public sealed class TemplateResponderTests : IDisposable
{
    private readonly TemplateResponder _responder = new();

    [Theory]
    [InlineData("5", "The result of add is 5.")]
    [InlineData("Sunny!", "The result of add is Sunny!")]
    [InlineData(" ", "add ran and returned nothing.")]
    [InlineData("The sum is 5", "The result of add: The sum is 5")]
    [InlineData("a\nb", "The result of add:\na\nb")]
    public async Task RespondAsync_OneResult_SaysIt(string result, string answer) =>
        (await _responder.RespondAsync(PromptWith(("add", result)))).Text.Should().Be(answer);

    [Fact]
    public async Task RespondAsync_SeveralResults_SaysEach() =>
        (await _responder.RespondAsync(PromptWith(("add", "5"), ("multiply", "6")))).Text
            .Should().Be("The result of add is 5.\nThe result of multiply is 6.");

    [Fact]
    public async Task RespondAsync_ResultsOfAnEarlierTurn_AreNotSaidAgain()
    {
        Prompt prompt = PromptWith(("add", "5")).User("And what is love?")
            .With(new ToolCalling(PromptOutcome.NoCall, new Reason(ReasonKind.NothingProposed, "No tool fits.")));
        (await _responder.RespondAsync(prompt)).Text.Should().Be("I called no tool. No tool fits.");
    }

    [Fact]
    public async Task RespondAsync_AttachmentAfterTheResult_KeepsTheResult()
    {
        Prompt prompt = PromptWith(("draw", "[image/png, 3 bytes]"))
            .Append(new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png")]));
        (await _responder.RespondAsync(prompt)).Text.Should().StartWith("The result of draw: [image/png");
    }

    [Fact]
    public async Task GetResponseAsync_MessagesWithoutCalls_SaysSo() =>
        (await _responder.GetResponseAsync("hello")).Text.Should().Be("I found no tool to call for that.");

    [Fact]
    public async Task GetStreamingResponseAsync_OneResult_StreamsIt()
    {
        List<ChatResponseUpdate> updates = [];
        await foreach (ChatResponseUpdate update in _responder.GetStreamingResponseAsync(PromptWith(("add", "5")).ToChatMessages()))
        {
            updates.Add(update);
        }

        updates.ToChatResponse().Text.Should().Be("The result of add is 5.");
    }

    [Fact]
    public void GetService_KnownTypes_GivesThem()
    {
        _responder.GetService<ChatClientMetadata>()!.DefaultModelId.Should().Be("template");
        _responder.GetService<TemplateResponder>().Should().BeSameAs(_responder);
        _responder.GetService<string>().Should().BeNull();
        _responder.GetService(typeof(TemplateResponder), "key").Should().BeNull();
    }

    public void Dispose() => _responder.Dispose();

    private static Prompt PromptWith(params (string Tool, string Result)[] calls)
    {
        Prompt prompt = Prompt.Create().User("Do it.").Append(new ChatMessage(
            ChatRole.Assistant, [.. calls.Select((call, i) => new FunctionCallContent($"call_{i}", call.Tool))]));
        return prompt.Append(calls.Select((call, i) => new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"call_{i}", call.Result)])));
    }
}
