namespace Bridge.Storage;

/// <summary>Where the data folder may be.</summary>
public static class DataFolderPlaces
{
    /// <summary>The variable that names the data folder.</summary>
    public const string Variable = "BRIDGE_DATA_DIR";

    /// <summary>Finds the data folder's path: the option, <c>BRIDGE_DATA_DIR</c>, <c>XDG_STATE_HOME</c>, then the platform's place.</summary>
    /// <param name="option">What <c>--data</c> says; <see langword="null"/> when it was not given.</param>
    /// <returns>The full path; nothing is created.</returns>
    public static string Locate(string? option) => Locate(option, Environment.GetEnvironmentVariable, PlatformPlace);

    /// <summary>The same for a given environment.</summary>
    /// <param name="option">What <c>--data</c> says.</param>
    /// <param name="variable">Reads a variable.</param>
    /// <param name="platformPlace">The platform's place.</param>
    /// <returns>The full path.</returns>
    internal static string Locate(string? option, Func<string, string?> variable, Func<string> platformPlace)
    {
        if (!string.IsNullOrWhiteSpace(option))
        {
            return Path.GetFullPath(option);
        }

        if (variable(Variable) is { } named && !string.IsNullOrWhiteSpace(named))
        {
            return Path.GetFullPath(named);
        }

        // The XDG specification says that a relative path in this variable is to be ignored.
        return variable("XDG_STATE_HOME") is { } state && Path.IsPathFullyQualified(state)
            ? Path.Combine(state, "bridge")
            : platformPlace();
    }

    private static string PlatformPlace()
    {
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "bridge");
        }

        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        return OperatingSystem.IsMacOS()
            ? Path.Combine(home, "Library", "Application Support", "bridge")
            : Path.Combine(home, ".local", "state", "bridge");
    }
}
