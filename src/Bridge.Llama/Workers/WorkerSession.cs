using System.Collections.Concurrent;
using Bridge.Calling;
using Bridge.Embedded;
using Bridge.Llama.Calling;
using Bridge.Llama.Inference;
using Bridge.Llama.Loading;
using Bridge.Llama.Responding;
using Bridge.Outcomes;
using Bridge.Profiles;
using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Llama.Workers;

/// <summary>The worker's side: one model, asked until the host goes.</summary>
/// <param name="lines">The lines to and from the host.</param>
/// <param name="models">Gives the models of the first line.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerSession(WorkerLines lines, Func<WorkerRequest.Load, LoadedModels> models, TimeProvider time) : IDisposable
{
    // What was cancelled ends with the batch that is being computed.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<long, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<long, Task> _tasks = new();
    private readonly EmbeddedToolCaller _guesser = new(time);
    private readonly KnownTools _tools = new();
    private LoadedModels? _models;
    private ModelLease? _lease;
    private WorkerPulse? _pulse;
    private Task _beat = Task.CompletedTask;
    private ModelName _name;

    /// <summary>Serves until the input ends.</summary>
    /// <returns>Whether everything ended by itself; <see langword="false"/> when the library computes on.</returns>
    public async Task<bool> RunAsync()
    {
        await foreach (WorkerRequest request in lines.ReadAsync(WorkerJson.Default.WorkerRequest).ConfigureAwait(false))
        {
            Take(request);
        }

        foreach (CancellationTokenSource running in _running.Values)
        {
            await running.CancelAsync().ConfigureAwait(false);
        }

        Task all = Task.WhenAll(_tasks.Values);
        return await Task.WhenAny(all, Task.Delay(s_grace, time)).ConfigureAwait(false) == all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pulse?.Dispose();
        _models?.Dispose();
    }

    private void Take(WorkerRequest request)
    {
        switch (request)
        {
            case WorkerRequest.Load load:
                Start(0, token => LoadAsync(load, token));
                break;
            case WorkerRequest.Propose propose:
                Start(propose.Id, token => ProposeAsync(propose, token));
                break;
            case WorkerRequest.Write write:
                Start(write.Id, token => WriteAsync(write, token));
                break;
            case WorkerRequest.Cancel cancel when _running.TryGetValue(cancel.Id, out CancellationTokenSource? running):
                _ = running.CancelAsync();
                break;
        }
    }

    private void Start(long id, Func<CancellationToken, Task<WorkerReply>> work)
    {
        var running = new CancellationTokenSource();
        _running[id] = running;
        Task task = Task.Run(() => AnswerAsync(id, work, running.Token));
        _tasks[id] = task;
        task.ContinueWith(
            _ =>
            {
                _running.TryRemove(id, out CancellationTokenSource? _);
                _tasks.TryRemove(id, out Task? _);
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task AnswerAsync(long id, Func<CancellationToken, Task<WorkerReply>> work, CancellationToken cancellationToken)
    {
        WorkerReply reply;
        try
        {
            reply = await work(cancellationToken).ConfigureAwait(false);
        }
        catch (ToolCallerException error)
        {
            reply = new WorkerReply.Failed(id, error.Kind, error.Message) { IsTransient = error.IsTransient, RetryAfter = error.RetryAfter };
        }
        catch (OperationCanceledException)
        {
            reply = new WorkerReply.Failed(id, ReasonKind.Cancelled, "The question was cancelled.");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            reply = id == 0 ? new WorkerReply.Refused(LlamaFault.Failed, error.Message) : new WorkerReply.Failed(id, ReasonKind.CallerUnavailable, error.Message);
        }

        await SendAsync(reply).ConfigureAwait(false);
    }

    private async Task<WorkerReply> LoadAsync(WorkerRequest.Load load, CancellationToken cancellationToken)
    {
        if (load.Build != LlamaWorker.Build)
        {
            return new WorkerReply.Refused(LlamaFault.Failed, "The program was replaced by another version while it ran: restart it.");
        }

        try
        {
            // The lease is never given back: the process ends with its model.
            _pulse = new WorkerPulse(load.Options.WorkerPatience, time, () => !_tasks.IsEmpty, () => _lease?.Model.Engine.Statistics, Beat);
            _name = new ModelName("llama", load.Model);
            _models = models(load);
            _lease = await _models.UseAsync(load.Model, cancellationToken).ConfigureAwait(false);
            return new WorkerReply.Ready();
        }
        catch (LlamaException error)
        {
            return new WorkerReply.Refused(error.Fault, error.Message);
        }
    }

    private async Task<WorkerReply> ProposeAsync(WorkerRequest.Propose ask, CancellationToken cancellationToken)
    {
        var prompt = Prompt.FromMessages(ask.Messages.Select(message => message.ToChatMessage()));
        var request = new ProposalRequest(prompt, _tools.Of(ask.Tools))
        {
            Choice = ask.Choice,
            MaxCalls = ask.MaxCalls,
            Temperature = ask.Temperature,
            Rejected = ask.Rejected,
        };
        var caller = new LlamaToolCaller(_models!, _name, ask.Profile, _guesser);
        return new WorkerReply.Proposed(ask.Id, await caller.ProposeAsync(request, cancellationToken).ConfigureAwait(false));
    }

    private async Task<WorkerReply> WriteAsync(WorkerRequest.Write ask, CancellationToken cancellationToken)
    {
        using var client = new LlamaChatClient(_models!, _name, ask.Profile);
        var options = new ChatOptions { MaxOutputTokens = ask.MaxTokens, Temperature = ask.Temperature, Seed = ask.Seed };
        IEnumerable<ChatMessage> messages = ask.Messages.Select(message => message.ToChatMessage());
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            await SendAsync(new WorkerReply.Piece(ask.Id, WorkerJson.Of(update))).ConfigureAwait(false);
        }

        return new WorkerReply.Done(ask.Id);
    }

    private void Beat()
    {
        if (_beat.IsCompleted)
        {
            _beat = SendAsync(new WorkerReply.Alive());
        }
    }

    private async Task SendAsync(WorkerReply reply)
    {
        try
        {
            await lines.WriteAsync(reply, WorkerJson.Default.WorkerReply).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // The host has gone; the end of the input says so too.
        }
    }
}
