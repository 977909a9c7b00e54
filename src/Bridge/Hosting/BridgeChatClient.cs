using System.Runtime.CompilerServices;
using Bridge.Outcomes;
using Bridge.Pipeline;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Hosting;

/// <summary>A chat client whose prompts pass the bridge first: the inner client answers with the results of tools before it.</summary>
/// <param name="inner">The responder.</param>
/// <param name="bridge">The bridge.</param>
/// <param name="how">How to treat prompts; <see langword="null"/> for what is configured.</param>
internal sealed class BridgeChatClient(IChatClient inner, IToolCallBridge bridge, ToolCallOptions? how) : DelegatingChatClient(inner)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        Prompt prompt = await UpdateAsync(messages, cancellationToken).ConfigureAwait(false);
        ChatResponse response = await base.GetResponseAsync(prompt.ToChatMessages(), options, cancellationToken).ConfigureAwait(false);
        (response.AdditionalProperties ??= [])[BridgeChatClientExtensions.ToolCallingKey] = prompt.ToolCalling;
        return response;
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Prompt prompt = await UpdateAsync(messages, cancellationToken).ConfigureAwait(false);
        bool first = true;
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(prompt.ToChatMessages(), options, cancellationToken)
            .ConfigureAwait(false))
        {
            if (first)
            {
                (update.AdditionalProperties ??= [])[BridgeChatClientExtensions.ToolCallingKey] = prompt.ToolCalling;
                first = false;
            }

            yield return update;
        }
    }

    private async Task<Prompt> UpdateAsync(IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        Prompt prompt = await bridge.UpdateWithToolCall(Prompt.FromMessages(messages), how, null, cancellationToken).ConfigureAwait(false);
        if (prompt.ToolCalling!.Outcome == PromptOutcome.Cancelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        return prompt;
    }
}
