using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Mcp.Wire;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>What a server sends by itself: progress goes to its call, questions to the client behind the calls, the rest to whoever listens.</summary>
/// <param name="calls">The requests that wait.</param>
/// <param name="questions">Asks people.</param>
/// <param name="notice">Told of every notification that is not progress.</param>
internal sealed class UpstreamEvents(ActiveCalls calls, ServerQuestions questions, Action<JsonRpcNotification> notice) : IWireListener
{
    private const int MostQuestions = 64;

    private readonly ConcurrentDictionary<RequestId, CancellationTokenSource> _questions = new();

    /// <summary>Who sees notifications first, and that the server may not ask by itself, once it is known to speak the revision without sessions.</summary>
    public ChangeListener? Changes { get; set; }

    /// <inheritdoc/>
    public bool Take(JsonRpcNotification notification)
    {
        if (Changes?.Take(notification) == true)
        {
            return true;
        }

        string? task = TaskWords.Unrelate(notification.Params);
        switch (notification.Method)
        {
            case McpMethods.Progress:
                if (notification.Params is JsonObject progress)
                {
                    calls.Report(progress);
                }

                return true;
            case McpMethods.LogMessage when (task is null ? calls.FindPeer() : calls.FindPeer(task)) is { } peer:
                peer.Notify(notification);
                return true;
            case McpMethods.TaskStatus:
            case McpMethods.TaskChanged:
                calls.Report(notification.Params);
                return true;
            case McpMethods.Cancelled:
                return Cancel(notification);
            default:
                notice(notification);
                return false;
        }
    }

    /// <inheritdoc/>
    public bool Take(JsonRpcRequest request, WireTap wire)
    {
        if (Changes is not null)
        {
            _ = RefuseAsync(request, wire);
            return true;
        }

        if (TaskWords.Unrelate(request.Params) is { } task)
        {
            _ = AnswerAsync(request, wire, token => AskAsync(request, task, token));
            return true;
        }

        if (request.Method == RequestMethods.Ping || calls.FindPeer() is not { } peer)
        {
            return false;
        }

        _ = AnswerAsync(request, wire, token => peer.AskAsync(request, name: null, token));
        return true;
    }

    private async Task<JsonRpcMessage> AskAsync(JsonRpcRequest question, string task, CancellationToken cancellationToken)
    {
        if (await calls.FindTaskAsync(task).ConfigureAwait(false) is not { } context)
        {
            return Rpc.Error(question.Id, RpcCodes.InvalidParams, $"Nobody here waits for a task '{task}'.");
        }

        var asked = new JsonObject { ["method"] = question.Method, ["params"] = question.Params?.DeepClone() };
        JsonRpcMessage answer = await questions.AskAsync(name: null, asked, context.Interaction, cancellationToken).ConfigureAwait(false);
        return answer is JsonRpcError refused
            ? new JsonRpcError { Id = question.Id, Error = refused.Error }
            : Rpc.Result(question.Id, ((JsonRpcResponse)answer).Result ?? new JsonObject());
    }

    // Whose question it is could only be guessed: in this revision it is part of an answer.
    private static Task RefuseAsync(JsonRpcRequest question, WireTap wire) => SendAsync(
        wire, Rpc.Error(question.Id, RpcCodes.MethodNotFound, $"In {ProtocolVersions.Stateless} a server sends no requests: '{question.Method}' is asked for by an answer with 'inputRequests'."));

    private async Task AnswerAsync(JsonRpcRequest question, WireTap wire, Func<CancellationToken, Task<JsonRpcMessage>> ask)
    {
        JsonRpcMessage answer;
        var cancelled = new CancellationTokenSource(); // not disposed: a late cancellation may still hold it
        if (_questions.Count >= MostQuestions || !_questions.TryAdd(question.Id, cancelled))
        {
            answer = Rpc.Error(question.Id, RpcCodes.InvalidRequest, $"At most {MostQuestions} questions are open at once, each with an id of its own.");
        }
        else
        {
            try
            {
                answer = await ask(cancelled.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                answer = Rpc.Error(question.Id, RpcCodes.InternalError, "The client no longer answers.");
            }
            finally
            {
                _questions.TryRemove(question.Id, out _);
            }
        }

        if (!cancelled.IsCancellationRequested)
        {
            await SendAsync(wire, answer).ConfigureAwait(false);
        }
    }

    private static async Task SendAsync(WireTap wire, JsonRpcMessage answer)
    {
        try
        {
            await wire.SendMessageAsync(answer, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or InvalidOperationException or OperationCanceledException)
        {
            // The server is gone, and with it the question.
        }
    }

    private bool Cancel(JsonRpcNotification notification)
    {
        bool ours = notification.Params?["requestId"] is JsonValue id
            && _questions.TryRemove(id.TryGetValue(out long number) ? new RequestId(number) : new RequestId(id.ToString()), out CancellationTokenSource? question)
            && Signal(question);
        return ours;
    }

    private static bool Signal(CancellationTokenSource question)
    {
        _ = question.CancelAsync(); // its callbacks write to the client, which may wait
        return true;
    }
}
