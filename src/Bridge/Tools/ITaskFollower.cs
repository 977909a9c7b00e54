namespace Bridge.Tools;

/// <summary>Follows a call that its source goes on with after the request for it was answered: a task. Thread-safe; nothing here waits.</summary>
public interface ITaskFollower
{
    /// <summary>How long a task is followed from its beginning on; then it is cancelled.</summary>
    TimeSpan Limit { get; }

    /// <summary>The source took the call as a task. Said once, before anything else about it.</summary>
    /// <param name="pollInterval">How often the source wants to be asked; <see langword="null"/> when it does not say.</param>
    void Begin(TimeSpan? pollInterval);

    /// <summary>The source says how far it is.</summary>
    /// <param name="message">What it says, fit to be shown to a person.</param>
    void Report(string message);
}
