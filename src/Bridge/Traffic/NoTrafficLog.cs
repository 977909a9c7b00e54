namespace Bridge.Traffic;

/// <summary>Keeps nothing: for a bridge inside another program, without a data folder.</summary>
public sealed class NoTrafficLog : ITrafficLog
{
    /// <inheritdoc/>
    public void Add(FinishedPrompt prompt)
    {
        // There is no place to keep it.
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptPrompt> ReadAsync(CancellationToken cancellationToken) => AsyncEnumerable.Empty<KeptPrompt>();
}
