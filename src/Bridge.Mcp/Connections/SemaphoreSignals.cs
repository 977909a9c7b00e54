namespace Bridge.Mcp.Connections;

/// <summary>Semaphores of at most one, used as signals.</summary>
internal static class SemaphoreSignals
{
    /// <summary>Gives the signal; one that is pending already is enough.</summary>
    public static void Signal(this SemaphoreSlim semaphore)
    {
        try
        {
            semaphore.Release();
        }
        catch (SemaphoreFullException)
        {
            // A signal is pending already.
        }
    }
}
