using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>One <c>subscriptions/listen</c>, opened again when it breaks, until it is disposed.</summary>
internal sealed class ChangeStream : IAsyncDisposable
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(250), s_last = TimeSpan.FromSeconds(30);

    private readonly RequestSender _sender;
    private readonly Func<(string Id, Task<JsonObject> Acknowledged)> _register;
    private readonly JsonObject _wanted;
    private readonly Action<JsonObject> _missed;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<JsonObject?> _granted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _running;

    /// <summary>Begins to listen.</summary>
    /// <param name="sender">The way to the server.</param>
    /// <param name="register">Gives an id for a request, and what ends when the server has acknowledged it.</param>
    /// <param name="wanted">The changes that are wanted.</param>
    /// <param name="missed">Told of what is heard again after a break: it may have changed meanwhile.</param>
    /// <param name="time">The clock.</param>
    public ChangeStream(
        RequestSender sender, Func<(string Id, Task<JsonObject> Acknowledged)> register, JsonObject wanted, Action<JsonObject> missed, TimeProvider time)
    {
        (_sender, _register, _wanted, _missed, _time) = (sender, register, wanted, missed, time);
        _running = Task.Run(RunAsync);
    }

    /// <summary>Ends with what the server tells of; with <see langword="null"/> when it tells of nothing.</summary>
    public Task<JsonObject?> Granted => _granted.Task;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        TimeSpan pause = s_first;
        try
        {
            while (true)
            {
                long opened = _time.GetTimestamp();
                if (!await ListenAsync().ConfigureAwait(false))
                {
                    break;
                }

                pause = _time.GetElapsedTime(opened) > s_last ? s_first : pause;
                await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(false);
                pause = pause * 2 < s_last ? pause * 2 : s_last;
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody listens any more.
        }

        _granted.TrySetResult(null);
    }

    /// <returns>Whether it is worth another try.</returns>
    private async Task<bool> ListenAsync()
    {
        (string id, Task<JsonObject> acknowledged) = _register();
        var parameters = new JsonObject { ["notifications"] = _wanted.DeepClone() };
        StatelessRevision.Stamp(parameters, [], logLevel: null);
        Task<JsonRpcMessage> ending = _sender.SendAsync(new JsonRpcRequest { Id = new RequestId(id), Method = McpMethods.Listen, Params = parameters }, _stop.Token);
        await Task.WhenAny(acknowledged, ending).ConfigureAwait(false);
        if (acknowledged.IsCompletedSuccessfully)
        {
            JsonObject granted = await acknowledged.ConfigureAwait(false);
            if (!_granted.TrySetResult(granted.Count == 0 ? null : granted))
            {
                _missed(granted);
            }
        }

        try
        {
            return await ending.ConfigureAwait(false) is JsonRpcResponse && await HearsAsync().ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or McpException or InvalidOperationException)
        {
            return await HearsAsync().ConfigureAwait(false);
        }
    }

    // A server that never acknowledged, or granted nothing, has nothing to tell.
    private async Task<bool> HearsAsync() => _granted.Task.IsCompleted && await _granted.Task.ConfigureAwait(false) is not null;
}
