namespace Bridge.Storage;

/// <summary>A lock between processes. It ends with its process, however that ends; its file stays, because removing it would race.</summary>
internal static class FileLock
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>Takes a lock if nobody holds it.</summary>
    /// <param name="path">The lock's file.</param>
    /// <returns>The lock, held until disposed; <see langword="null"/> when another process, or another part of this one, holds it.</returns>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return PrivateFile.Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            return null;
        }
    }

    /// <summary>Waits for a lock that is held for moments alone, 10 seconds at most, in this thread.</summary>
    /// <param name="path">The lock's file.</param>
    /// <returns>The lock, held until disposed.</returns>
    /// <exception cref="IOException">Another process holds it for too long, or the file cannot be made.</exception>
    public static FileStream Take(string path)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } held)
            {
                return held;
            }

            if (TimeProvider.System.GetElapsedTime(start) > s_patience)
            {
                throw Late(path);
            }

            Thread.Sleep(s_pause);
        }
    }

    /// <summary>Waits for a lock, 10 seconds at most.</summary>
    /// <param name="path">The lock's file.</param>
    /// <param name="clock">Measures the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lock, held until disposed.</returns>
    /// <exception cref="IOException">Another process holds it for too long.</exception>
    public static async ValueTask<FileStream> TakeAsync(string path, TimeProvider clock, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(path) is { } held)
            {
                return held;
            }

            if (clock.GetElapsedTime(start) > s_patience)
            {
                throw Late(path);
            }

            await Task.Delay(s_pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IOException Late(string path) =>
        new($"'{path}' has been locked by another process for {s_patience.TotalSeconds} s: end the bridge process that hangs.");
}
