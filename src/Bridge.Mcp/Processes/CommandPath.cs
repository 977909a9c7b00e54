namespace Bridge.Mcp.Processes;

/// <summary>Finds the file of a command before anything is started, so that a missing one has a message of its own.</summary>
internal static class CommandPath
{
    /// <summary>Finds the file.</summary>
    /// <param name="command">A path, or a name to look up.</param>
    /// <param name="environment">The child's environment, whose PATH counts.</param>
    /// <returns>The absolute path.</returns>
    /// <exception cref="ProcessStartException">There is no such file, or it cannot be executed.</exception>
    public static string Resolve(string command, IReadOnlyDictionary<string, string> environment)
    {
        if (command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return Candidates(command, environment).FirstOrDefault(IsExecutable) is { } file
                ? Path.GetFullPath(file)
                : throw (File.Exists(command)
                    ? new ProcessStartException($"The file '{command}' is not executable.", $"Allow it: chmod +x '{command}'.")
                    : new ProcessStartException($"The file '{command}' does not exist.", "Correct 'command', or install the server."));
        }

        string[] folders = environment.GetValueOrDefault("PATH", "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return folders
            .SelectMany(folder => Candidates(Path.Combine(folder, command), environment))
            .FirstOrDefault(IsExecutable)
            ?? throw new ProcessStartException(
                $"The command '{command}' is not in PATH.",
                $"Install {Product(command)}, or write the whole path into 'command'. PATH is {string.Join(Path.PathSeparator, folders)}.");
    }

    private static IEnumerable<string> Candidates(string path, IReadOnlyDictionary<string, string> environment)
    {
        yield return path;
        if (OperatingSystem.IsWindows())
        {
            foreach (string ending in environment.GetValueOrDefault("PATHEXT", ".EXE;.CMD;.BAT").Split(';'))
            {
                yield return path + ending;
            }
        }
    }

    private static bool IsExecutable(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != 0;
    }

    private static string Product(string command) => command switch
    {
        "npx" or "npm" or "node" => "Node.js",
        "uvx" or "uv" => "uv",
        "python" or "python3" => "Python",
        "docker" => "Docker",
        _ => "it",
    };
}
