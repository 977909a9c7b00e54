using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>One client of the gateway, from its first message to its end. Thread-safe.</summary>
public sealed class GatewaySession : IDisposable
{
    private const int MostRunning = 256;

    private readonly MethodTable _methods;
    private readonly ConcurrentDictionary<RequestId, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RpcMessage>> _asked = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Action<GatewaySession> _register;
    private Action<GatewaySession>? _ended;
    private long _lastQuestion;
    private volatile bool _listens;

    internal GatewaySession(
        ClientIdentity identity, GatewayView view, MethodTable methods, Action<GatewaySession> register, Action<GatewaySession> ended)
    {
        (Identity, View, AskedView, _methods, _register, _ended) = (identity, view, view, methods, register, ended);
        Id = RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    /// <summary>The session's id: random, and not to be guessed.</summary>
    public string Id { get; }

    /// <summary>Who the client is; nobody else may use the session.</summary>
    public ClientIdentity Identity { get; }

    /// <summary>What the client sees, from the session's beginning to its end.</summary>
    public GatewayView View { get; }

    /// <summary>What it asked to see.</summary>
    public GatewayView AskedView { get; init; }

    /// <summary>Messages that belong to no request of the client.</summary>
    public MessageQueue Unsolicited { get; } = new();

    /// <summary>How many requests of the client are being worked on.</summary>
    public int RunningCount => _running.Count;

    /// <summary>Ends with the session.</summary>
    public CancellationToken Ended => _end.Token;

    /// <summary>Where results are kept that are too large for the client.</summary>
    internal IResultStore? Results { get; init; }

    /// <summary>What the client said of itself; <see langword="null"/> before it did.</summary>
    internal ClientProfile? Profile { get; set; }

    /// <summary>The least severe log message that the client wants, by rank; <see langword="null"/> when it said nothing.</summary>
    internal int? LogRank { get; set; }

    /// <summary>The versions of the lists that the client read or was told to read again, by method.</summary>
    internal ConcurrentDictionary<string, string> SeenVersions { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a message of the client.</summary>
    /// <param name="message">The message.</param>
    /// <param name="reply">Where the answer goes, and what comes before it.</param>
    /// <param name="cancellationToken">The client no longer waits.</param>
    /// <returns>When the answer was handed over; at once for what is no request. A request that the client cancelled has no answer.</returns>
    public async Task ReceiveAsync(RpcMessage message, IMessageSink reply, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(reply);
        if (message.IsRequest)
        {
            if (await AnswerAsync(new GatewayRequest(this, message, reply), cancellationToken).ConfigureAwait(false) is { } answer)
            {
                await reply.SendAsync(answer, cancellationToken).ConfigureAwait(false);
            }
        }
        else if (message.IsAnswer)
        {
            if (_asked.TryRemove(message.Id!.Value.ToString(), out TaskCompletionSource<RpcMessage>? asked))
            {
                asked.TrySetResult(message);
            }
        }
        else if (message.Method == McpMethods.Cancelled)
        {
            Cancel(message);
        }
        else
        {
            await _methods.HearAsync(this, message, _end.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session: what runs is cancelled, and streams end.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, null) is { } ended)
        {
            if (_listens)
            {
                ended(this);
            }

            Unsolicited.Complete();
            _end.Cancel(); // not disposed: requests still hold its token
        }
    }

    /// <summary>Lets news reach the client, until the session ends.</summary>
    internal void Listen()
    {
        _listens = true;
        _register(this);
    }

    /// <summary>Puts a server's question to the client, which takes such questions.</summary>
    internal async Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, IMessageSink way, CancellationToken cancellationToken)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"b{Interlocked.Increment(ref _lastQuestion)}");
        var answer = new TaskCompletionSource<RpcMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answer;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        try
        {
            var asked = new JsonRpcRequest { Id = new RequestId(id), Method = question.Method, Params = question.Params };
            await way.SendAsync(asked, limit.Token).ConfigureAwait(false);
            RpcMessage said = await answer.Task.WaitAsync(limit.Token).ConfigureAwait(false);
            return said.ToAnswer(question.Id);
        }
        catch (OperationCanceledException)
        {
            way.TryPost(Rpc.Notification(McpMethods.Cancelled, new JsonObject { ["requestId"] = id, ["reason"] = "The server no longer waits." }));
            throw;
        }
        catch (IOException error)
        {
            return Rpc.Error(question.Id, RpcCodes.InternalError, error.Message);
        }
        finally
        {
            _asked.TryRemove(id, out _);
        }
    }

    /// <summary>Whether the client wants a log message.</summary>
    /// <param name="notification">The message.</param>
    /// <param name="byDefault">Whether it wants it when it did not say from which level on.</param>
    internal bool WantsLog(JsonRpcNotification notification, bool byDefault)
    {
        string? level = notification.Params?["level"] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
        return LogRank is { } least ? LogLevels.RankOf(level) >= least : byDefault;
    }

    private async Task<JsonRpcMessage?> AnswerAsync(GatewayRequest request, CancellationToken cancellationToken)
    {
        using var cancel = cancellationToken == _end.Token
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken)
            : CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _end.Token);
        if (_running.Count >= MostRunning || !_running.TryAdd(request.Id, cancel))
        {
            return Rpc.Error(request.Id, RpcCodes.InvalidRequest, _running.ContainsKey(request.Id)
                ? "A request with this id is being worked on; use another id."
                : $"{MostRunning} requests of this session are being worked on; wait for one to end.");
        }

        try
        {
            return await _methods.RunAsync(request, cancel.Token).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(request.Id, out _);
        }
    }

    private void Cancel(RpcMessage message)
    {
        RequestId? id = message.Member("requestId") switch
        {
            { ValueKind: JsonValueKind.String } text => new RequestId(text.GetString()!),
            { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out long value) => new RequestId(value),
            _ => null,
        };
        if (id is { } named && _running.TryGetValue(named, out CancellationTokenSource? running))
        {
            try
            {
                running.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // It has just ended.
            }
        }
    }
}
