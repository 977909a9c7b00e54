namespace Bridge.Llama.Workers;

/// <summary>A worker in use: it stays until this is disposed of.</summary>
/// <param name="connection">The connection to it.</param>
/// <param name="answered">Called when it answered.</param>
/// <param name="release">Gives it back.</param>
internal sealed class WorkerLease(WorkerConnection connection, Action answered, Action release) : IDisposable
{
    private int _released;

    /// <summary>The connection.</summary>
    public WorkerConnection Connection => connection;

    /// <summary>Says that a question was answered: the worker is well.</summary>
    public void Answered() => answered();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
        {
            release();
        }
    }
}
