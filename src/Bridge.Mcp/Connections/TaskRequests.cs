using System.Net;
using System.Text.Json.Nodes;
using Bridge.Mcp.Messages;
using Bridge.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Connections;

/// <summary>What is asked of a server about one task.</summary>
/// <param name="server">The server's id.</param>
/// <param name="sender">The way to it.</param>
/// <param name="call">The call that began the task; the ids of requests derive from its.</param>
/// <param name="task">The task.</param>
/// <param name="time">The clock.</param>
internal sealed class TaskRequests(string server, RequestSender sender, RequestId call, UpstreamTask task, TimeProvider time)
{
    // To ask how far a task is changes nothing, so a connection that breaks for a moment is no reason to lose it.
    private const int MostTries = 5;

    private static readonly TimeSpan s_courtesy = TimeSpan.FromSeconds(2), s_pause = TimeSpan.FromMilliseconds(500);

    private int _last;

    /// <summary>Adds what every request of the revision says.</summary>
    public Action<JsonObject>? Stamp { get; init; }

    /// <summary>Sends a request about the task.</summary>
    /// <param name="method">What is asked.</param>
    /// <param name="more">Further parameters; given away.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>The answer, good or bad.</returns>
    public Task<JsonRpcMessage> SendAsync(string method, JsonObject? more, CancellationToken cancellationToken)
    {
        JsonObject parameters = more ?? [];
        parameters["taskId"] = task.Id;
        Stamp?.Invoke(parameters);
        var request = new JsonRpcRequest { Id = new RequestId($"{call}.t{Interlocked.Increment(ref _last)}"), Method = method, Params = parameters };
        return sender.SendAsync(RequestHeaders.Prepare(request), cancellationToken);
    }

    /// <summary>Asks how far the task is, and notes it.</summary>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>What the server says of the task.</returns>
    /// <exception cref="ToolSourceException">The server does not know its task any more.</exception>
    public async Task<JsonObject> LookAsync(CancellationToken cancellationToken)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                JsonRpcMessage answer = await SendAsync(McpMethods.TasksGet, null, cancellationToken).ConfigureAwait(false);
                if (answer is not JsonRpcResponse { Result: JsonObject state })
                {
                    string why = answer is JsonRpcError refused ? $" (error {refused.Error.Code}): {refused.Error.Message}" : ".";
                    throw new ToolSourceException($"The server '{server}' took the call as a task and no longer says how far it is{why}", sent: true);
                }

                task.Take(state);
                return state;
            }
            catch (Exception error) when (MayPass(error) && tries < MostTries)
            {
                await Task.Delay(s_pause * tries, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool MayPass(Exception error) =>
        error is HttpRequestException { StatusCode: null or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests } or IOException { InnerException: not ObjectDisposedException };

    /// <summary>Follows the task to its end: whoever stops waiting has it cancelled, and what breaks now was sent, whatever it looks like.</summary>
    /// <param name="follow">Follows it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <returns>What it comes to.</returns>
    /// <exception cref="IOException">The connection broke.</exception>
    public async Task<JsonRpcMessage> FollowAsync(Func<Task<JsonRpcMessage>> follow, CancellationToken cancellationToken)
    {
        try
        {
            JsonRpcMessage answer = await follow().ConfigureAwait(false);
            return answer is JsonRpcError { Error: var error }
                ? Rpc.Error(call, error.Code is RpcCodes.UnsupportedRevision or RpcCodes.HeaderMismatch ? RpcCodes.InternalError : error.Code, error.Message, error.Data)
                : answer; // by these codes a server says that it did nothing, and it did
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await CancelAsync().ConfigureAwait(false);
            throw;
        }
        catch (Exception error) when (error is not (ToolSourceException or OperationCanceledException))
        {
            throw new IOException(error.Message); // without its cause, which says that this one request was not written, refused or not read: the call was
        }
    }

    /// <summary>Tells the server that nobody follows the task any more.</summary>
    /// <returns>When it is told, or cannot be.</returns>
    public async Task CancelAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(s_courtesy, time);
            await SendAsync(McpMethods.TasksCancel, null, limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException or McpException or InvalidOperationException)
        {
            // The server is gone, or does not care.
        }
    }
}
