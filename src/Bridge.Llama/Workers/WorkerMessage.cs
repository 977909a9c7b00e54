using System.Collections.Immutable;
using System.Text;
using Bridge.ChatCalling;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Workers;

/// <summary>A message, reduced to what a chat template can render.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Parts">What is said.</param>
internal sealed record WorkerMessage(string Role, ImmutableArray<MessagePart> Parts)
{
    /// <summary>The messages for a worker.</summary>
    public static ImmutableArray<WorkerMessage> Of(IEnumerable<ChatMessage> messages) =>
        [.. messages.Select(message => new WorkerMessage(message.Role.Value, [.. message.Contents.Select(PartOf).OfType<MessagePart>()]))];

    /// <summary>The message as chat clients take it.</summary>
    public ChatMessage ToChatMessage() => new(new ChatRole(Role), [.. Parts.Select(ContentOf)]);

    private static MessagePart? PartOf(AIContent content) => content switch
    {
        TextContent text => new MessagePart(MessagePartKind.Text, text.Text),
        TextReasoningContent thought => new MessagePart(MessagePartKind.Thought, thought.Text),
        FunctionCallContent call => new MessagePart(MessagePartKind.Call, Encoding.UTF8.GetString(CallArguments.ToUtf8(call))) { CallId = call.CallId, Name = call.Name },
        FunctionResultContent result => new MessagePart(MessagePartKind.Result, ResultText.Of(result)) { CallId = result.CallId },
        _ => null, // images and the like: templates have no place for them
    };

    private static AIContent ContentOf(MessagePart part) => part.Kind switch
    {
        MessagePartKind.Thought => new TextReasoningContent(part.Text),
        MessagePartKind.Call => CallArguments.ToContent(part.CallId!, part.Name!, part.Text),
        MessagePartKind.Result => new FunctionResultContent(part.CallId!, part.Text),
        _ => new TextContent(part.Text),
    };
}

/// <summary>A part of a message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text; the arguments of a call, the text of a result.</param>
internal sealed record MessagePart(MessagePartKind Kind, string Text)
{
    /// <summary>The id of the call.</summary>
    public string? CallId { get; init; }

    /// <summary>The tool that is called.</summary>
    public string? Name { get; init; }
}

/// <summary>The parts that templates know.</summary>
internal enum MessagePartKind
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>What the model thought.</summary>
    Thought,

    /// <summary>A call.</summary>
    Call,

    /// <summary>What a call gave.</summary>
    Result,
}
