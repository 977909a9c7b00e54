using System.Globalization;

namespace Bridge.Benchmarks.Gateway;

/// <summary>What processes have in memory.</summary>
internal static class ProcessMemory
{
    /// <summary>A process with its children, in bytes; 0 where the system does not say.</summary>
    public static long OfTree(int id)
    {
        string tasks = $"/proc/{id}/task";
        if (!Directory.Exists(tasks))
        {
            return 0;
        }

        long own = File.ReadLines($"/proc/{id}/status").Where(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
            .Sum(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024);
        return own + Directory.GetDirectories(tasks).SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Sum(child => OfTree(int.Parse(child, CultureInfo.InvariantCulture)));
    }
}
