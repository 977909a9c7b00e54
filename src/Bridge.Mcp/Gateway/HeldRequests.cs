using System.Collections.Concurrent;
using System.Security.Cryptography;
using Bridge.Mcp.Messages;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Gateway;

/// <summary>Requests of clients without sessions. When a server asks meanwhile, the request is answered with the question and held until the client asks again with the answer.</summary>
/// <param name="methods">Work on requests.</param>
internal sealed class HeldRequests(MethodTable methods)
{
    private const int MostHeld = 1024;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, HeldRequest> _held = new(StringComparer.Ordinal);

    /// <summary>Works on a request, from its beginning or from where it waited.</summary>
    /// <param name="session">The client of this one message.</param>
    /// <param name="message">The request.</param>
    /// <param name="reply">Where the answer goes, and what comes before it.</param>
    /// <param name="cancellationToken">The client no longer waits.</param>
    /// <returns>The answer, or the questions; <see langword="null"/> when nobody waits.</returns>
    public async Task<JsonRpcMessage?> RunAsync(GatewaySession session, RpcMessage message, IMessageSink reply, CancellationToken cancellationToken)
    {
        bool mayWait = session.Profile!.TakesQuestions && message.Method is (McpMethods.ToolsCall or McpMethods.PromptsGet or McpMethods.ResourcesRead);
        if (!mayWait && message.Member("requestState") is null)
        {
            return await methods.RunAsync(new GatewayRequest(session, message, reply), cancellationToken).ConfigureAwait(false);
        }

        HeldRequest? held = message.Text("requestState") is { } state ? Take(state, session, message) : new HeldRequest(new GatewayRequest(session, message, reply), methods.RunAsync);
        if (held is null)
        {
            return Rpc.Error(message.Id, RpcCodes.InvalidParams, "'requestState' is not one of a request that waits for this client: begin anew without it.");
        }

        try
        {
            held.Request.Rebind(message, reply);
        }
        catch (RpcException wrong)
        {
            held.Cancel();
            await held.Running.ConfigureAwait(false);
            held.Dispose();
            return Rpc.Error(message.Id, wrong.Code, wrong.Message);
        }

        held.Answer(message.Member("inputResponses"));
        using (cancellationToken.UnsafeRegister(static waiting => ((HeldRequest)waiting!).Cancel(), held))
        {
            await held.WaitAsync().ConfigureAwait(false);
        }

        if (!held.Running.IsCompleted && held.HasQuestions && _held.Count < MostHeld)
        {
            return Rpc.Result(message.Id!.Value, held.ToResult(Hold(held)));
        }

        if (!held.Running.IsCompleted && _held.Count >= MostHeld)
        {
            held.Cancel();
        }

        JsonRpcMessage? answer = await held.Running.ConfigureAwait(false);
        held.Dispose();
        return answer;
    }

    // A new state each time: an old one is of no use to anybody.
    private string Hold(HeldRequest held)
    {
        string state = RandomNumberGenerator.GetHexString(32, lowercase: true);
        _held[state] = held;
        held.Keep(s_patience);
        _ = held.Running.ContinueWith(_ => _held.TryRemove(state, out HeldRequest? _), TaskScheduler.Default);
        return state;
    }

    private HeldRequest? Take(string state, GatewaySession session, RpcMessage message)
    {
        bool same = _held.TryGetValue(state, out HeldRequest? held)
            && held.Request.Session.Identity.Id == session.Identity.Id
            && held.Request.Session.View == session.View
            && held.Request.Message.Method == message.Method
            && (held.Request.Message.Text("name") ?? held.Request.Message.Text("uri")) == (message.Text("name") ?? message.Text("uri"));
        if (!same || !_held.TryRemove(KeyValuePair.Create(state, held!)))
        {
            return null;
        }

        held!.Keep(Timeout.InfiniteTimeSpan);
        return held;
    }
}
