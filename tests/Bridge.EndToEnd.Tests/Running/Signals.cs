using System.Diagnostics;
using System.Globalization;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>Signals to processes, and what is left of their children.</summary>
internal static class Signals
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;
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

    /// <summary>Whether a process is there and is not only waiting to be buried.</summary>
    public static bool IsAlive(int processId) => StatOf(processId) is [var state, ..] && state != "Z";

    private static int ParentOf(int processId) =>
        StatOf(processId) is [_, var parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // The name, in parentheses, may hold anything; what counts comes behind it.
    private static string[] StatOf(int processId)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{processId}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }
}
