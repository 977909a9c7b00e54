using System.Globalization;

namespace Bridge.Llama.Gguf;

/// <summary>How much memory this machine, or the container around this process, has to give.</summary>
public static class FreeMemory
{
    private const string LinuxFile = "/proc/meminfo";

    /// <summary>The bytes that could be used now.</summary>
    /// <remarks>On Linux what the kernel says is available; elsewhere, and within a container's limit, all of it.</remarks>
    public static long Bytes()
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        return OperatingSystem.IsLinux() && Available() is { } available ? Math.Min(limit, available) : limit;
    }

    private static long? Available()
    {
        try
        {
            string? line = File.ReadLines(LinuxFile).FirstOrDefault(line => line.StartsWith("MemAvailable:", StringComparison.Ordinal));
            string? kilobytes = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1);
            return long.TryParse(kilobytes, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number * 1024 : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
