using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using Bridge.Tools;

namespace Bridge.Mcp.Connections;

/// <summary>The requests a session is waiting for: whom progress belongs to, and whom a server's question may reach.</summary>
internal sealed class ActiveCalls
{
    // A question may be read before the answer that says which task it belongs to is.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, ActiveCall> _calls = new(StringComparer.Ordinal);
    private volatile TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _last;

    public int Count => _calls.Count;

    /// <summary>The tokens of the requests that run now.</summary>
    public string[] Tokens => [.. _calls.Keys];

    /// <summary>Whether a request still runs.</summary>
    public bool IsRunning(string token) => _calls.ContainsKey(token);

    /// <summary>Registers a call until the result is disposed.</summary>
    public Registration Begin(ToolCall call, CallContext context) => Begin(new ActiveCall(call, context, Interlocked.Increment(ref _last)));

    /// <summary>Registers a request that is no call until the result is disposed.</summary>
    public Registration Begin(CallContext context) => Begin(new ActiveCall(null, context, Interlocked.Increment(ref _last)));

    /// <summary>Hands progress to the request it belongs to; to our own listeners none that goes backwards.</summary>
    /// <param name="progress">The parameters of the notification.</param>
    public void Report(JsonObject progress)
    {
        if (progress["progressToken"] is JsonValue token && token.TryGetValue(out string? name) && _calls.TryGetValue(name, out ActiveCall? active))
        {
            active.Report(progress);
        }
    }

    /// <summary>Notes that a call goes on as a task.</summary>
    /// <param name="token">The call's token.</param>
    /// <param name="task">The task.</param>
    public void Bind(string token, UpstreamTask task)
    {
        if (_calls.TryGetValue(token, out ActiveCall? call))
        {
            call.Task = task;
            Interlocked.Exchange(ref _bound, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }

    /// <summary>Hands what a server says of a task to whoever follows it.</summary>
    /// <param name="state">The parameters of the notification.</param>
    public void Report(JsonNode? state)
    {
        if (TaskWords.Text(state, "taskId") is { } id && Of(id) is { Task: { } task })
        {
            task.Hear(state);
        }
    }

    /// <summary>On whose behalf a task runs; waits a moment for one that is not known yet.</summary>
    /// <param name="taskId">The server's id of the task.</param>
    /// <returns><see langword="null"/> when there is no such task.</returns>
    public async Task<CallContext?> FindTaskAsync(string taskId)
    {
        using var limit = new CancellationTokenSource(s_patience);
        while (true)
        {
            Task next = _bound.Task;
            if (Of(taskId) is { } call)
            {
                return call.Context;
            }

            try
            {
                await next.WaitAsync(limit.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        }
    }

    /// <summary>The person behind the calls.</summary>
    /// <returns><see langword="null"/> when nobody can be asked, or when calls of several people run and the question does not say whose it is.</returns>
    public IUserInteraction? FindInteraction()
    {
        CallContext[] contexts = [.. Asking().Select(call => call.Context)];
        bool onePerson = contexts.Select(context => context.Identity.Id).Distinct(StringComparer.Ordinal).Count() == 1
            && contexts.Select(context => (context.Interaction as IClientPeer)?.Client ?? context.Interaction).Distinct().Count() == 1;
        return onePerson ? contexts[0].Interaction : null;
    }

    /// <summary>The client of the gateway behind a server's message, by its newest call.</summary>
    /// <remarks>Calls whose client is being asked already are passed over while another waits: a server asks one thing after the other.</remarks>
    /// <returns><see langword="null"/> when there is none, or when the message does not say whose it is: calls of several people, or of several clients, run.</returns>
    public IClientPeer? FindPeer()
    {
        ActiveCall? newest = null;
        foreach (ActiveCall call in Asking())
        {
            if (call.Peer is null || (newest is not null && newest.Context.Identity.Id != call.Context.Identity.Id))
            {
                return null;
            }

            newest = newest is null || IsNewer(call, newest) ? call : newest;
        }

        return newest is not null && IsAlone(newest) ? newest.Peer : null;
    }

    /// <summary>The client of the gateway behind a task.</summary>
    /// <param name="taskId">The server's id of the task.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    public IClientPeer? FindPeer(string taskId) => Of(taskId)?.Peer;

    private static bool IsNewer(ActiveCall call, ActiveCall than) =>
        (!call.Peer!.IsAsking, call.Number).CompareTo((!than.Peer!.IsAsking, than.Number)) > 0;

    private bool IsAlone(ActiveCall chosen) => chosen.Peer!.IsAsking
        || Asking().All(call => call.Peer is not { IsAsking: false } peer || peer.Client.Equals(chosen.Peer.Client));

    private ActiveCall? Of(string taskId) => _calls.Values.FirstOrDefault(call => call.Task?.Id == taskId);

    // Questions of tasks say whose they are, so calls that became tasks are in nobody's way.
    private IEnumerable<ActiveCall> Asking() => _calls.Values.Any(call => call.Task is null) ? _calls.Values.Where(call => call.Task is null) : _calls.Values;

    private Registration Begin(ActiveCall call)
    {
        string token = string.Create(CultureInfo.InvariantCulture, $"b{call.Number}");
        _calls[token] = call;
        return new Registration(this, token);
    }

    internal readonly struct Registration(ActiveCalls owner, string token) : IDisposable
    {
        public string Token => token;

        public void Dispose() => owner._calls.TryRemove(token, out _);
    }

    private sealed class ActiveCall(ToolCall? call, CallContext context, long number)
    {
        private readonly Lock _gate = new();
        private double _reached = double.NegativeInfinity;

        public CallContext Context => context;

        public IClientPeer? Peer => context.Interaction as IClientPeer;

        public long Number => number;

        public UpstreamTask? Task { get; set; }

        public void Report(JsonObject progress)
        {
            if (Peer is { } peer)
            {
                peer.Progress(progress);
            }
            else if (call is not null)
            {
                Report(call, progress);
            }
        }

        private void Report(ToolCall reported, JsonObject progress)
        {
            if (progress["progress"] is not JsonValue value || !value.TryGetValue(out double reached))
            {
                return;
            }

            lock (_gate)
            {
                if (reached <= _reached)
                {
                    return;
                }

                _reached = reached;
                double? total = progress["total"] is JsonValue whole && whole.TryGetValue(out double most) ? most : null;
                string? message = progress["message"] is JsonValue said && said.TryGetValue(out string? text) ? text : null;
                context.Progress?.Report(new ToolProgress(reported.Id, reported.Tool.Id, reached, total, message));
            }
        }
    }
}
