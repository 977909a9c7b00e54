using Bridge.Tools;

namespace Bridge.Mcp.Connections;

/// <summary>What is known of a connection at one moment.</summary>
/// <param name="Status">How it is.</param>
/// <param name="Listing">What it listed last; kept while it is down.</param>
/// <param name="Session">The session, while there is one.</param>
/// <param name="Attempt">How many sessions were attempted.</param>
internal sealed record ConnectionState(SourceStatus Status, ToolListing Listing, UpstreamSession? Session, int Attempt)
{
    /// <summary>Ends when a newer state is there.</summary>
    public TaskCompletionSource Next { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
