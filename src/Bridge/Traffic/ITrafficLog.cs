namespace Bridge.Traffic;

/// <summary>Where finished prompts are kept to learn from. Thread-safe.</summary>
public interface ITrafficLog
{
    /// <summary>Keeps a prompt, where configuration wants that. Returns at once: nobody waits for a disk, and a prompt that cannot be kept is dropped.</summary>
    /// <param name="prompt">What became of the prompt.</param>
    void Add(FinishedPrompt prompt);
}
