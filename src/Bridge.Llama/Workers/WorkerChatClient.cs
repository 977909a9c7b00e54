using System.Runtime.CompilerServices;
using Bridge.Llama.Calling;
using Bridge.Llama.Inference;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Workers;

/// <summary>A model in a worker process as responder.</summary>
/// <param name="workers">The workers of this process.</param>
/// <param name="name">The model.</param>
/// <param name="profile">How to treat it.</param>
internal sealed class WorkerChatClient(ModelWorkers workers, ModelName name, ModelProfile profile) : IChatClient
{
    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using WorkerLease lease = await UseAsync(cancellationToken).ConfigureAwait(false);
        var said = WorkerMessage.Of(messages);
        WorkerRequest QuestionOf(long id) => new WorkerRequest.Write(id, profile, said)
        {
            MaxTokens = options?.MaxOutputTokens,
            Temperature = options?.Temperature,
            Seed = options?.Seed,
        };

        await foreach (WorkerReply reply in lease.Connection.AskAsync(QuestionOf, cancellationToken).ConfigureAwait(false))
        {
            if (reply is WorkerReply.Piece piece)
            {
                yield return WorkerJson.ToUpdate(piece.Update);
            }
        }

        lease.Answered();
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(name.Provider, null, name.Model)
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The workers belong to the process.
    }

    private async Task<WorkerLease> UseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await workers.UseAsync(name.Model, cancellationToken).ConfigureAwait(false);
        }
        catch (LlamaException error)
        {
            throw LlamaErrors.ToCallerException(error);
        }
    }
}
