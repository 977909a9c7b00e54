namespace Bridge.Configuration;

/// <summary>Where Bridge keeps what it must remember: pins, approvals, keys, trust, audit.</summary>
public static class DataFolder
{
    /// <summary>The variable that names the folder.</summary>
    public const string Variable = "BRIDGE_DATA_DIR";

    /// <summary>Finds the folder of this process: the one requested, the variable's, the user's.</summary>
    /// <param name="requested">The folder named on the command line; <see langword="null"/> for none.</param>
    /// <returns>The full path; the folder need not exist.</returns>
    public static string Find(string? requested = null) =>
        Find(requested, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);

    /// <summary>Finds the folder for a current folder and variables.</summary>
    /// <param name="requested">The folder named on the command line; <see langword="null"/> for none.</param>
    /// <param name="currentFolder">The current folder.</param>
    /// <param name="variable">Gives the value of a variable, or <see langword="null"/>.</param>
    /// <returns>The full path; the folder need not exist.</returns>
    public static string Find(string? requested, string currentFolder, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string folder = NullIfEmpty(requested) ?? NullIfEmpty(variable(Variable)) ?? Path.Combine(ParentOf(variable), "bridge");
        return Path.GetFullPath(folder, currentFolder);
    }

    /// <summary>Makes the folder if it is not there, readable by its owner alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It cannot be made.</exception>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder); // the profile folder is the user's already
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static string ParentOf(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            return NullIfEmpty(variable("LOCALAPPDATA")) ?? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        string home = NullIfEmpty(variable("HOME")) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Application Support")
            : NullIfEmpty(variable("XDG_STATE_HOME")) ?? Path.Combine(home, ".local", "state");
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
