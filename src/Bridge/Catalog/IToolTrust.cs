using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Catalog;

/// <summary>Says which of the tools that a source lists wait for a person. Thread-safe.</summary>
public interface IToolTrust
{
    /// <summary>Tools that waited may be trusted now; raised on any thread.</summary>
    event Action? Changed;

    /// <summary>Finds the tools that must not be offered yet.</summary>
    /// <param name="source">The source.</param>
    /// <param name="listing">What it lists.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The tools, each with why and the cure; mostly none.</returns>
    ValueTask<ImmutableArray<QuarantinedTool>> FindWaitingAsync(IToolSource source, ToolListing listing, CallContext context, CancellationToken cancellationToken);
}
