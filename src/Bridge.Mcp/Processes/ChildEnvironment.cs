using System.Collections;

namespace Bridge.Mcp.Processes;

/// <summary>The environment of a child: a short list of harmless variables of ours, and what was configured for it. Credentials of others stay here.</summary>
internal static class ChildEnvironment
{
    private static readonly HashSet<string> s_allowed = new(StringComparer.Ordinal)
    {
        "PATH", "HOME", "USER", "LANG", "TMPDIR", "TERM", "SHELL",
    };

    private static readonly string[] s_runtime = ["DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64"];

    // A process on Windows does not start without some of these; names there do not depend on case.
    private static readonly HashSet<string> s_allowedOnWindows = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "PATHEXT", "SystemRoot", "SystemDrive", "ComSpec", "TEMP", "TMP", "USERNAME", "USERPROFILE",
        "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "ProgramFiles", "ProgramFiles(x86)", "ProgramData",
        "PROCESSOR_ARCHITECTURE",
    };

    /// <summary>Puts the environment together.</summary>
    /// <param name="configured">What was configured for the child; it wins.</param>
    /// <returns>The whole environment.</returns>
    public static Dictionary<string, string> Create(IEnumerable<KeyValuePair<string, string>> configured)
    {
        bool windows = OperatingSystem.IsWindows();
        var result = new Dictionary<string, string>(windows ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry pair in Environment.GetEnvironmentVariables())
        {
            if (IsAllowed((string)pair.Key, windows))
            {
                result[(string)pair.Key] = (string?)pair.Value ?? "";
            }
        }

        foreach ((string key, string value) in configured)
        {
            result[key] = value;
        }

        return result;
    }

    /// <summary>Lets a second process of our own program find the .NET that this one runs on, where it is not in its usual place.</summary>
    /// <param name="environment">The child's environment; what was configured in it stays.</param>
    public static void AddOwnRuntime(IDictionary<string, string> environment)
    {
        foreach (string name in s_runtime)
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } folder)
            {
                environment.TryAdd(name, folder);
            }
        }
    }

    private static bool IsAllowed(string name, bool windows) => windows
        ? s_allowedOnWindows.Contains(name)
        : s_allowed.Contains(name) || name.StartsWith("LC_", StringComparison.Ordinal) || name.StartsWith("XDG_", StringComparison.Ordinal);
}
