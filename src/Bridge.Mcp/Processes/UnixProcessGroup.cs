using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bridge.Mcp.Processes;

/// <summary>A session of its own on Linux and macOS: its leader's id names the group that every grandchild inherits.</summary>
internal sealed partial class UnixProcessGroup(Process leader) : IProcessGroup
{
    private const int SigKill = 9;
    private const int SigTerm = 15;

    private static readonly string[] s_folders = ["/usr/bin", "/bin", "/usr/local/bin"];

    private readonly int _id = leader.Id;

    /// <summary>Whether the group ends with Bridge, however that ends.</summary>
    public bool IsWatched { get; } = OrphanWatch.Add(leader.Id);

    /// <summary>Makes the program start in a session of its own.</summary>
    /// <param name="start">What would be started; its file name must be absolute.</param>
    /// <returns><see langword="false"/> when the machine has no means to; the child is then started in our own group.</returns>
    public static bool TryPrepare(ProcessStartInfo start)
    {
        // .NET cannot put a child into a group of its own, and once it runs it is too late (setpgid fails after exec).
        // Both programs call setsid and then become the command: the process id stays.
        if (Find("setsid") is { } setsid)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = setsid;
            return true;
        }

        if (Find("perl") is { } perl)
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV or exit 127");
            start.ArgumentList.Insert(0, "-e");
            start.FileName = perl;
            return true;
        }

        return false;
    }

    public void Terminate() => Signal(SigTerm);

    public void Kill() => Signal(SigKill);

    public void Dispose() => OrphanWatch.Remove(_id);

    private void Signal(int signal)
    {
        _ = kill(-_id, signal);
        if (signal == SigKill && !leader.HasExited)
        {
            leader.Kill(); // it may not have reached its setsid yet
        }
    }

    private static string? Find(string name) =>
        s_folders.Select(folder => $"{folder}/{name}").FirstOrDefault(File.Exists);

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);
}
