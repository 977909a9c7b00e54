using Bridge.Http.Contracts;

namespace Bridge.Host.Sessions;

/// <summary>A bridge that verbs use: in this process, or in a running <c>serve</c>.</summary>
internal interface IBridgeSession : IAsyncDisposable
{
    /// <summary>Sends a prompt through the bridge and lets a responder answer.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="cancellationToken">Cancels tools too.</param>
    /// <returns>The augmented prompt and the answer; no answer where nothing was to be answered.</returns>
    Task<ToolCallResponse> AskAsync(Question question, CancellationToken cancellationToken);

    /// <summary>Lists the tools.</summary>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The tools, and how their sources are.</returns>
    Task<ToolListContract> ListToolsAsync(CancellationToken cancellationToken);
}
