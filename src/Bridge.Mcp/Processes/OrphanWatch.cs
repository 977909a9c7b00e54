using System.ComponentModel;
using System.Diagnostics;

namespace Bridge.Mcp.Processes;

/// <summary>
/// A shell beside Bridge that ends the servers' process groups when Bridge is killed and can do nothing any more: a server that hangs, or does not
/// care that its input ended, would stay for ever. It lives while there are groups, and notices Bridge's death by the end of its own input.
/// </summary>
internal static class OrphanWatch
{
    // Standard output may be a client's: it must not be held open. The pauses are those of an orderly end.
    private const string Script = """
        exec >/dev/null 2>&1
        groups=" "
        while read -r line; do
          id=${line#?}
          case $line in
            +*) groups="$groups$id " ;;
            -*) groups="${groups%% $id *} ${groups#* $id }" ;;
          esac
        done
        test -n "${groups# }" || exit 0
        sleep 2
        for id in $groups; do kill -s TERM -- "-$id"; done
        sleep 2
        for id in $groups; do kill -s KILL -- "-$id"; done
        """;

    private const string Shell = "/bin/sh";

    private static readonly TimeSpan s_end = TimeSpan.FromSeconds(1);
    private static readonly Lock s_gate = new();
    private static readonly HashSet<int> s_groups = [];
    private static Process? s_shell;

    /// <summary>Begins to watch over a group.</summary>
    /// <param name="group">The group's id.</param>
    /// <returns><see langword="false"/> when the machine has no means to.</returns>
    public static bool Add(int group)
    {
        lock (s_gate)
        {
            s_groups.Add(group);
            return (s_shell is not null && TryTell($"+{group}")) || TryStart();
        }
    }

    /// <summary>Ends watching over a group, of which nothing is left.</summary>
    /// <param name="group">The group's id.</param>
    public static void Remove(int group)
    {
        lock (s_gate)
        {
            if (s_groups.Remove(group) && s_shell is not null && TryTell($"-{group}") && s_groups.Count == 0)
            {
                s_shell.StandardInput.Close();
                s_shell.WaitForExit(s_end); // at once: it has nothing left to do, and does not outlive Bridge
                s_shell.Dispose();
                s_shell = null;
            }
        }
    }

    private static bool TryStart()
    {
        var start = new ProcessStartInfo(Shell, ["-c", Script]) { RedirectStandardInput = true };
        start.Environment.Clear();
        foreach ((string key, string value) in ChildEnvironment.Create([]))
        {
            start.Environment[key] = value;
        }

        try
        {
            UnixProcessGroup.TryPrepare(start); // what interrupts Bridge's own group must not reach it
            s_shell?.Dispose();
            s_shell = Process.Start(start);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or IOException)
        {
            s_shell = null;
        }

        return s_shell is not null && s_groups.All(group => TryTell($"+{group}"));
    }

    private static bool TryTell(string line)
    {
        try
        {
            s_shell!.StandardInput.Write(line + "\n");
            s_shell.StandardInput.Flush();
            return true;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException)
        {
            return false; // somebody ended it
        }
    }
}
