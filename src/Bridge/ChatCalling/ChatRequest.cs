using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>A request to a chat client.</summary>
/// <param name="Messages">The messages, oldest first.</param>
/// <param name="Options">The options.</param>
internal sealed record ChatRequest(List<ChatMessage> Messages, ChatOptions Options);
