using Bridge.Catalog;
using Bridge.Tools;

namespace Bridge.Approval;

/// <summary>Remembers which tool definitions a person trusts, so that a server cannot quietly change what its tools are. Thread-safe.</summary>
/// <remarks>
/// Trust on first use: what a source lists when it is first seen is trusted and recorded; what it adds or changes later waits
/// for a person, and is not offered meanwhile. What the user of this machine trusts, every client may use.
/// </remarks>
public interface IDefinitionPins : IToolTrust
{
    /// <summary>Checks the definition of a tool that is about to be called.</summary>
    /// <param name="source">The source of the tool.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>Whether the definition is the trusted one.</returns>
    ValueTask<PinState> CheckAsync(IToolSource source, Tool tool, CallContext context, CancellationToken cancellationToken);

    /// <summary>Trusts the definitions that a source lists now, in place of those trusted before.</summary>
    /// <param name="source">The source.</param>
    /// <param name="context">On whose behalf.</param>
    /// <param name="cancellationToken">Ends the recording.</param>
    /// <returns>How many definitions are now trusted.</returns>
    ValueTask<int> ApproveAsync(IToolSource source, CallContext context, CancellationToken cancellationToken);
}

/// <summary>How a definition stands to what is trusted.</summary>
public enum PinState
{
    /// <summary>It is the trusted one.</summary>
    Trusted,

    /// <summary>The source was seen before and did not have this tool.</summary>
    Added,

    /// <summary>The tool was seen before with another definition.</summary>
    Changed,
}
