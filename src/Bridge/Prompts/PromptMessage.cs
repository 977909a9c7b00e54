using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Bridge.Prompts;

/// <summary>One message of a prompt. Immutable: what goes in and out are copies.</summary>
public sealed class PromptMessage
{
    private readonly ChatMessage _message;

    private PromptMessage(ChatMessage message, JsonElement? wire)
    {
        _message = message;
        Wire = wire;
    }

    /// <summary>Who speaks.</summary>
    public ChatRole Role => _message.Role;

    /// <summary>The text of the message; empty when it has none.</summary>
    public string Text => _message.Text;

    /// <summary>The JSON the message was read from, and is written back from; <see langword="null"/> when it came from code.</summary>
    public JsonElement? Wire { get; }

    /// <summary>The message itself, for code of this assembly that does not change it.</summary>
    internal ChatMessage Inner => _message;

    /// <summary>Takes a copy of a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="wire">The JSON it was read from, if it was.</param>
    /// <returns>The immutable message.</returns>
    public static PromptMessage From(ChatMessage message, JsonElement? wire = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new PromptMessage(MessageCopy.Of(message), wire?.Clone());
    }

    /// <summary>A copy in the form chat clients take.</summary>
    /// <returns>The copy; changing it does not change the prompt.</returns>
    public ChatMessage ToChatMessage() => MessageCopy.Of(_message);
}
