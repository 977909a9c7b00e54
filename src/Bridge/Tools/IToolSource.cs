namespace Bridge.Tools;

/// <summary>Who lists and runs tools: an MCP server, the functions of a program.</summary>
/// <remarks>Thread-safe. A source whose backend is down lists what it last knew, says so in <see cref="Status"/>, and fails its own calls only.</remarks>
public interface IToolSource : IAsyncDisposable
{
    /// <summary>The configured id, <c>[a-z0-9][a-z0-9-]{0,31}</c>.</summary>
    string Id { get; }

    /// <summary>Whether identities share one session.</summary>
    SourceScope Scope { get; }

    /// <summary>How the source is, right now.</summary>
    SourceStatus Status { get; }

    /// <summary>How the source is for one identity, right now.</summary>
    /// <param name="identity">Who asks.</param>
    /// <returns>The status; that of the source itself where it is the same for all.</returns>
    SourceStatus StatusOf(ClientIdentity identity) => Status;

    /// <summary>The listing or the status changed; raised on any thread.</summary>
    event Action? Changed;

    /// <summary>Lists the tools.</summary>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The tools; empty while the source has never been ready.</returns>
    Task<ToolListing> ListAsync(CallContext context, CancellationToken cancellationToken);

    /// <summary>Runs one validated call, once; it is never repeated.</summary>
    /// <param name="call">The call.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Cancels the tool on its server as well.</param>
    /// <returns>What the tool answered, its own errors included.</returns>
    /// <exception cref="ToolSourceException">The tool was not reached, or its answer was lost.</exception>
    Task<ToolResult> CallAsync(ToolCall call, CallContext context, CancellationToken cancellationToken);
}

/// <summary>Whether identities share one process or session of a source.</summary>
public enum SourceScope
{
    /// <summary>One for all.</summary>
    Shared,

    /// <summary>One for each identity.</summary>
    PerIdentity,
}
