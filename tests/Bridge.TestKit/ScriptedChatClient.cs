using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Bridge.TestKit;

/// <summary>A chat client that answers what the test wrote, in order, and remembers what it was asked.</summary>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly Queue<Func<ChatResponse>> _answers = [];

    /// <summary>The requests, oldest first.</summary>
    public List<(List<ChatMessage> Messages, ChatOptions? Options)> Requests { get; } = [];

    /// <summary>The last request.</summary>
    public (List<ChatMessage> Messages, ChatOptions? Options) Last => Requests[^1];

    public ScriptedChatClient Answers(string text) => Answers(new ChatMessage(ChatRole.Assistant, text));

    public ScriptedChatClient Answers(params AIContent[] contents) => Answers(new ChatMessage(ChatRole.Assistant, [.. contents]));

    public ScriptedChatClient Answers(ChatMessage message) => Answers(new ChatResponse(message));

    public ScriptedChatClient Answers(ChatResponse response)
    {
        _answers.Enqueue(() => response);
        return this;
    }

    public ScriptedChatClient Throws(Exception error)
    {
        _answers.Enqueue(() => throw error);
        return this;
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Requests.Add(([.. messages], options));
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_answers.Dequeue()());
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
