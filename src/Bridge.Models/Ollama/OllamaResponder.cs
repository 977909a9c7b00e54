using System.Runtime.CompilerServices;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Ollama;

/// <summary>A responder over Ollama, guarded by the context that the server is asked for.</summary>
internal sealed class OllamaResponder(OllamaApi api, ModelEndpoint endpoint, ModelProfile profile, TokenEstimator estimator) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IChatClient client = await ClientAsync(cancellationToken).ConfigureAwait(false);
        return await client.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IChatClient client = await ClientAsync(cancellationToken).ConfigureAwait(false);
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        new OllamaChatClient(api, endpoint, profile).GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The HTTP client is shared by all models of its provider.
    }

    private async Task<IChatClient> ClientAsync(CancellationToken cancellationToken)
    {
        OllamaModelInfo info = await api.ShowAsync(endpoint, cancellationToken).ConfigureAwait(false);
        ModelProfile detected = profile with { ContextTokens = OllamaContext.TokensFor(profile, info) };
        IChatClient guarded = new ContextGuardChatClient(
            new OllamaChatClient(api, endpoint, detected), endpoint.Name, detected, estimator);

        // A template without tools drops their messages without a word.
        return profile.ToolRole && info.Tools != false ? guarded : new ToolTextChatClient(guarded);
    }
}
