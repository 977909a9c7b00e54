namespace Bridge.Traffic;

/// <summary>Where finished prompts are kept to learn from. Thread-safe.</summary>
public interface ITrafficLog
{
    /// <summary>Keeps a prompt, where configuration wants that. Returns at once: nobody waits for a disk, and a prompt that cannot be kept is dropped.</summary>
    /// <param name="prompt">What became of the prompt.</param>
    void Add(FinishedPrompt prompt);

    /// <summary>Reads the prompts that are kept, the oldest first.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The prompts; none where none are kept.</returns>
    /// <exception cref="IOException">They cannot be read.</exception>
    IAsyncEnumerable<KeptPrompt> ReadAsync(CancellationToken cancellationToken);
}
