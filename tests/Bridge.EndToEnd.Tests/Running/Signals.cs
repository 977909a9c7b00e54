using System.Diagnostics;
using System.Globalization;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>Signals to processes, and what is left of their children.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static async Task SendAsync(int processId, int signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", processId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>The processes that a process started, and those that these started.</summary>
    public static IReadOnlyList<int> DescendantsOf(int processId)
    {
        ILookup<int, int> children = Directory.EnumerateDirectories("/proc")
            .Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0)
            .Where(id => id > 0)
            .ToLookup(ParentOf);
        var found = new List<int>();
        void Add(int parent)
        {
            foreach (int child in children[parent])
            {
                found.Add(child);
                Add(child);
            }
        }

        Add(processId);
        return found;
    }

    /// <summary>The living processes with a variable in the environment they were started with.</summary>
    /// <param name="variable">The variable and its value: <c>NAME=VALUE</c>.</param>
    /// <returns>The ids, each with its command line.</returns>
    public static IReadOnlyDictionary<int, string> WithVariable(string variable)
    {
        var found = new Dictionary<int, string>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int id)
                && TextOf($"{folder}/environ").Split('\0').Contains(variable) && IsAlive(id))
            {
                found[id] = TextOf($"{folder}/cmdline").Replace('\0', ' ').Trim();
            }
        }

        return found;
    }

    /// <summary>The resident memory of a process, in bytes.</summary>
    public static long MemoryOf(int processId) => long.Parse(
        TextOf($"/proc/{processId}/status").Split('\n').Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))["VmRSS:".Length..^"kB".Length],
        NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture) * 1024;

    /// <summary>How many files, pipes and sockets a process has open.</summary>
    public static int HandlesOf(int processId) => Directory.EnumerateFileSystemEntries($"/proc/{processId}/fd").Count();

    /// <summary>Whether a process is there and is not only waiting to be buried.</summary>
    public static bool IsAlive(int processId) => StatOf(processId) is [var state, ..] && state != "Z";

    private static int ParentOf(int processId) =>
        StatOf(processId) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // The name, in parentheses, may hold anything; what counts comes behind it.
    private static string[] StatOf(int processId)
    {
        string stat = TextOf($"/proc/{processId}/stat");
        return stat.Length == 0 ? [] : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    // Processes end while one looks, and those of others are not shown.
    private static string TextOf(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
