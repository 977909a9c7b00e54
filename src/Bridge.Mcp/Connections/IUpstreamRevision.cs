using Bridge.Tools;
using ModelContextProtocol.Protocol;
using Tool = Bridge.Tools.Tool;

namespace Bridge.Mcp.Connections;

/// <summary>How requests and news pass between Bridge and a server in one era of the protocol; whoever asks need not know which.</summary>
internal interface IUpstreamRevision : IAsyncDisposable
{
    /// <summary>Whether the server takes calls as tasks.</summary>
    bool OffersTasks { get; }

    /// <summary>Begins to hear of changes, where that must be asked for.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When changes from now on are heard, or the server does not tell of any.</returns>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Sends a request and waits for its answer.</summary>
    /// <param name="request">The request, in the words of the newest revision with sessions; its id is no other request's of the session.</param>
    /// <param name="context">On whose behalf: questions of the server go there.</param>
    /// <param name="cancellationToken">Cancels the request, here and there.</param>
    /// <returns>The answer, good or bad, in the same words.</returns>
    /// <exception cref="IOException">The connection ended first.</exception>
    Task<JsonRpcMessage> RequestAsync(JsonRpcRequest request, CallContext context, CancellationToken cancellationToken);

    /// <summary>Calls a tool and waits for what it comes to, also where the server makes a task of the call.</summary>
    /// <param name="request">The request, in the words of the newest revision with sessions.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="context">On whose behalf; who follows tasks is told of one.</param>
    /// <param name="cancellationToken">Cancels the call, or its task, here and there.</param>
    /// <returns>The answer, good or bad, in the same words.</returns>
    /// <exception cref="IOException">The connection ended first.</exception>
    Task<JsonRpcMessage> CallAsync(JsonRpcRequest request, Tool tool, CallContext context, CancellationToken cancellationToken);

    /// <summary>Tells the server something, if its revision has it.</summary>
    /// <param name="notification">What.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>When it is written.</returns>
    Task NotifyAsync(JsonRpcNotification notification, CancellationToken cancellationToken);
}
