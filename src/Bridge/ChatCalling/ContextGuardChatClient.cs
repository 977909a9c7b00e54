using System.Runtime.CompilerServices;
using Bridge.Profiles;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.ChatCalling;

/// <summary>Refuses requests that do not fit the model's context, instead of letting the server cut them off without a word.</summary>
/// <param name="inner">The model's chat client.</param>
/// <param name="name">The model.</param>
/// <param name="profile">How to treat it; without a known context nothing is refused.</param>
/// <param name="estimator">The model's estimator; it learns from the usage that is reported.</param>
public sealed class ContextGuardChatClient(IChatClient inner, ModelName name, ModelProfile profile, TokenEstimator estimator)
    : DelegatingChatClient(inner)
{
    /// <inheritdoc/>
    /// <exception cref="Calling.ToolCallerException">The request does not fit.</exception>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ChatRequest request = Check(messages, options);
        ChatResponse response = await base.GetResponseAsync(request.Messages, options, cancellationToken).ConfigureAwait(false);
        if (response.Usage?.InputTokenCount is { } reported)
        {
            estimator.Observe(request.Messages, options?.Tools, reported);
        }

        return response;
    }

    /// <inheritdoc/>
    /// <exception cref="Calling.ToolCallerException">The request does not fit.</exception>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatRequest request = Check(messages, options);
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(request.Messages, options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private ChatRequest Check(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        var request = new ChatRequest([.. messages], options ?? new ChatOptions());
        TokenBudget.EnsureFits(request, estimator, name, profile);
        return request;
    }
}
