using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Asks a client for the model behind the provider's name, where one is named; the client stays its owner's.</summary>
internal sealed class NamedModelChatClient(IChatClient inner, ModelName name) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, With(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, With(options), cancellationToken);

    /// <summary>Leaves the inner client alone: it came from outside and serves others.</summary>
    protected override void Dispose(bool disposing) => base.Dispose(disposing: false);

    private ChatOptions? With(ChatOptions? options)
    {
        if (name.Model.Length == 0)
        {
            return options;
        }

        ChatOptions named = options?.Clone() ?? new ChatOptions();
        named.ModelId ??= name.Model;
        return named;
    }
}
