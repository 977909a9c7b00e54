namespace Bridge.Calling;

/// <summary>A model that reads a prompt and tools and proposes calls. Thread-safe.</summary>
public interface IToolCaller
{
    /// <summary>What it can do.</summary>
    CallerCapabilities Capabilities { get; }

    /// <summary>Proposes calls for a prompt, or none.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The proposal; Bridge validates it.</returns>
    /// <exception cref="ToolCallerException">The model could not be asked, or its endpoint failed.</exception>
    Task<Proposal> ProposeAsync(ProposalRequest request, CancellationToken cancellationToken);
}
