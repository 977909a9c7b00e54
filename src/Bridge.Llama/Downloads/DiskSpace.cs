namespace Bridge.Llama.Downloads;

/// <summary>How much may still be written.</summary>
internal static class DiskSpace
{
    /// <summary>The bytes that are free for this user.</summary>
    /// <param name="folder">The folder to write to.</param>
    /// <remarks>Where the system does not say, as much as one likes: writing will fail in time.</remarks>
    public static long Free(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return long.MaxValue / 2;
        }
    }
}
