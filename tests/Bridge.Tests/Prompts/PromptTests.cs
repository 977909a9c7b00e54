using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Tests.Prompts;

public class PromptTests
{
    [Fact]
    public void Builder_EachStep_GivesANewPrompt()
    {
        Prompt empty = Prompt.Create();
        Prompt full = empty.System("Be brief.").User("Hi").Assistant("Hello");

        empty.Messages.Should().BeEmpty();
        full.Messages.Select(message => (message.Role.Value, message.Text)).Should().Equal(("system", "Be brief."), ("user", "Hi"), ("assistant", "Hello"));
        full.UserText.Should().Be("Hi");
        empty.UserText.Should().BeEmpty();
    }

    [Fact]
    public void FromMessages_CallerChangesItsMessages_PromptStays()
    {
        var text = new TextContent("before");
        var message = new ChatMessage(ChatRole.User, [text]);
        Prompt prompt = Prompt.FromMessages([message]);

        text.Text = "after";
        message.Contents.Add(new TextContent("more"));
        prompt.ToChatMessages()[0].Contents.Clear();

        prompt.UserText.Should().Be("before");
    }

    [Fact]
    public void ToChatMessages_EveryKindOfContent_IsCopied()
    {
        AIContent[] contents =
        [
            new TextContent("text"),
            new TextReasoningContent("thought"),
            new FunctionCallContent("1", "add", new Dictionary<string, object?> { ["a"] = 1 }),
            new FunctionCallContent("2", "now"),
            new FunctionResultContent("1", "5"),
            new DataContent(new byte[] { 1 }, "image/png") { Name = "dot" },
            new UriContent("https://example.org/a.png", "image/png"),
        ];
        contents[0].AdditionalProperties = new() { ["key"] = "value" };
        var message = new ChatMessage(ChatRole.Assistant, [.. contents]) { AuthorName = "ann", MessageId = "m" };

        ChatMessage copy = Prompt.FromMessages([message]).ToChatMessages()[0];

        copy.AuthorName.Should().Be("ann");
        copy.MessageId.Should().Be("m");
        copy.Contents.Select(content => content.GetType()).Should().Equal(contents.Select(content => content.GetType()));
        copy.Contents.Should().AllSatisfy(content => contents.Should().NotContain(original => ReferenceEquals(original, content)));
        copy.Contents[0].AdditionalProperties.Should().ContainKey("key");
        ((FunctionCallContent)copy.Contents[2]).Arguments.Should().ContainKey("a");
        ((DataContent)copy.Contents[5]).Name.Should().Be("dot");
    }

    [Fact]
    public void ToChatMessages_ContentOfUnknownKind_IsKept()
    {
        var error = new ErrorContent("broken");
        Prompt.FromMessages([new ChatMessage(ChatRole.Assistant, [error])]).ToChatMessages()[0].Contents[0].Should().BeSameAs(error);
    }

    [Fact]
    public void ImplicitConversion_OfAString_IsAUserMessage()
    {
        Prompt prompt = "Add 2 to 3.";
        prompt.UserText.Should().Be("Add 2 to 3.");
        Prompt.FromMessages(prompt.Messages).Messages.Should().Equal(prompt.Messages);
    }
}
