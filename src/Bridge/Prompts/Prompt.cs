using System.Collections.Immutable;
using Bridge.Outcomes;
using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>The messages of a conversation, and what became of its tool calling. Immutable; every change gives a new prompt.</summary>
public sealed class Prompt
{
    private Prompt(ImmutableArray<PromptMessage> messages, ToolCalling? toolCalling)
    {
        Messages = messages;
        ToolCalling = toolCalling;
    }

    /// <summary>The messages, oldest first.</summary>
    public ImmutableArray<PromptMessage> Messages { get; }

    /// <summary>What became of the prompt; <see langword="null"/> until it went through <c>UpdateWithToolCall</c>.</summary>
    public ToolCalling? ToolCalling { get; }

    /// <summary>The text of the last user message; empty when there is none.</summary>
    public string UserText
    {
        get
        {
            for (int i = Messages.Length - 1; i >= 0; i--)
            {
                if (Messages[i].Role == ChatRole.User)
                {
                    return Messages[i].Text;
                }
            }

            return "";
        }
    }

    /// <summary>An empty prompt to build on.</summary>
    /// <returns>A prompt without messages.</returns>
    public static Prompt Create() => new([], null);

    /// <summary>A prompt of copies of messages.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <returns>The prompt.</returns>
    public static Prompt FromMessages(IEnumerable<ChatMessage> messages) =>
        new([.. messages.Select(message => PromptMessage.From(message))], null);

    /// <summary>A prompt of messages.</summary>
    /// <param name="messages">The messages, oldest first.</param>
    /// <returns>The prompt.</returns>
    public static Prompt FromMessages(IEnumerable<PromptMessage> messages) => new([.. messages], null);

    /// <summary>A prompt of one user message, so that a string serves where a prompt is asked for.</summary>
    /// <param name="userText">What the user says.</param>
    public static implicit operator Prompt(string userText) => FromString(userText);

    /// <summary>A prompt of one user message.</summary>
    /// <param name="userText">What the user says.</param>
    /// <returns>The prompt.</returns>
    public static Prompt FromString(string userText) => Create().User(userText);

    /// <summary>The prompt with a system message at its end.</summary>
    /// <param name="text">The message.</param>
    /// <returns>A new prompt.</returns>
    public Prompt System(string text) => Append(new ChatMessage(ChatRole.System, text));

    /// <summary>The prompt with a user message at its end.</summary>
    /// <param name="text">The message.</param>
    /// <returns>A new prompt.</returns>
    public Prompt User(string text) => Append(new ChatMessage(ChatRole.User, text));

    /// <summary>The prompt with an assistant message at its end.</summary>
    /// <param name="text">The message.</param>
    /// <returns>A new prompt.</returns>
    public Prompt Assistant(string text) => Append(new ChatMessage(ChatRole.Assistant, text));

    /// <summary>The prompt with more messages at its end.</summary>
    /// <param name="messages">The messages; copies are taken.</param>
    /// <returns>A new prompt.</returns>
    public Prompt Append(params IEnumerable<ChatMessage> messages) =>
        new(Messages.AddRange(messages.Select(message => PromptMessage.From(message))), ToolCalling);

    /// <summary>The prompt with what became of its tool calling.</summary>
    /// <param name="toolCalling">What became of it.</param>
    /// <returns>A new prompt.</returns>
    public Prompt With(ToolCalling toolCalling) => new(Messages, toolCalling);

    /// <summary>Copies of the messages in the form chat clients take.</summary>
    /// <returns>The copies, oldest first.</returns>
    public List<ChatMessage> ToChatMessages() => [.. Messages.Select(message => message.ToChatMessage())];
}
