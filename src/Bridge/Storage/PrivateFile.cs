namespace Bridge.Storage;

/// <summary>Writes files that only their owner can read, whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Opens a new or existing file; a new one gets mode 0600.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">How to open it.</param>
    /// <param name="share">What others may do meanwhile.</param>
    /// <returns>The stream, unbuffered: what is written has reached the kernel.</returns>
    public static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }

    /// <summary>Replaces a file: readers see the old content or the new one, a power cut included.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">The new content.</param>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = Open(beside, FileMode.CreateNew, FileShare.None))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Makes a file unless there is one: of several processes at once one wins, and readers see nothing or the whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content, if it is made.</param>
    public static void CreateOnce(string path, ReadOnlySpan<byte> content)
    {
        // On Unix a move that must not replace looks first and then renames: two processes could both find nothing.
        using FileStream turn = FileLock.Take($"{path}.lock");
        if (!File.Exists(path))
        {
            Replace(path, content);
        }
    }

    /// <summary>Makes sure that files can be written in a folder.</summary>
    /// <param name="folder">The folder.</param>
    public static void Probe(string folder)
    {
        string path = Path.Combine(folder, $".probe-{Guid.NewGuid():N}");
        Open(path, FileMode.CreateNew, FileShare.None).Dispose();
        File.Delete(path);
    }
}
