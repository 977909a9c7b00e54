using System.Runtime.CompilerServices;
using Bridge.Llama.Calling;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Responding;

/// <summary>A model in process as responder. Tools are not its task: Bridge has called them before it is asked.</summary>
/// <param name="models">The models of this process.</param>
/// <param name="name">The model.</param>
/// <param name="profile">How to treat it.</param>
internal sealed class LlamaChatClient(LoadedModels models, ModelName name, ModelProfile profile) : IChatClient
{
    private const double DefaultTemperature = 0.7;

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using ModelLease lease = await UseAsync(cancellationToken).ConfigureAwait(false);
        string id = Guid.NewGuid().ToString("N");
        ChatResponseUpdate Update(AIContent content) => new(ChatRole.Assistant, [content]) { ResponseId = id, MessageId = id, ModelId = name.ToString() };

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        (ChatGeneration generation, Task running) = Begin(lease.Model, messages, options, stop.Token);
        try
        {
            await foreach (string piece in generation.Text.ConfigureAwait(false))
            {
                yield return Update(new TextContent(piece));
            }

            await FinishAsync(running).ConfigureAwait(false);
        }
        finally
        {
            // A reader that goes away frees the sequence at once.
            await stop.CancelAsync().ConfigureAwait(false);
        }

        ChatResponseUpdate last = Update(new UsageContent(new UsageDetails
        {
            InputTokenCount = generation.Prompt.Length,
            OutputTokenCount = generation.Written,
            TotalTokenCount = generation.Prompt.Length + generation.Written,
            CachedInputTokenCount = generation.SharedTokens,
        }));
        last.FinishReason = generation.IsWhole ? ChatFinishReason.Stop : ChatFinishReason.Length;
        yield return last;
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata(name.Provider, null, name.Model)
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // The models belong to the process.
    }

    private (ChatGeneration Generation, Task Running) Begin(
        LoadedModel model, IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            int[] prompt = model.Prompts.Of(messages, [], thinks: profile.Think ?? false, cancellationToken);
            var generation = new ChatGeneration(
                prompt, model.Model, model.AnswerTokens, options?.MaxOutputTokens ?? profile.OutputTokens, options?.Temperature ?? DefaultTemperature, options?.Seed);
            Task running = model.Engine.RunAsync(generation, cancellationToken);
            _ = running.ContinueWith(_ => generation.Close(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return (generation, running);
        }
        catch (LlamaException error)
        {
            throw LlamaErrors.ToCallerException(error);
        }
    }

    private async Task<ModelLease> UseAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await models.UseAsync(name.Model, cancellationToken).ConfigureAwait(false);
        }
        catch (LlamaException error)
        {
            throw LlamaErrors.ToCallerException(error);
        }
    }

    private static async Task FinishAsync(Task running)
    {
        try
        {
            await running.ConfigureAwait(false);
        }
        catch (LlamaException error)
        {
            throw LlamaErrors.ToCallerException(error);
        }
    }
}
