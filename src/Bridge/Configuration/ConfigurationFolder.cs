using System.Collections.Immutable;

namespace Bridge.Configuration;

/// <summary>The folder that configuration is read from, and how it was found.</summary>
/// <param name="Path">The full path. With <see cref="ConfigurationOrigin.BuiltIn"/>, where files would be written.</param>
/// <param name="Origin">How it was found.</param>
public sealed record ConfigurationFolder(string Path, ConfigurationOrigin Origin)
{
    /// <summary>The name of the settings file.</summary>
    public const string SettingsFile = "appsettings.json";

    /// <summary>The endings a file may have, in the order they are looked for; the name as configured comes first.</summary>
    private static readonly string[] s_endings = [".json", ".yaml", ".yml"];

    /// <summary>The folder around it where configuration lies in <c>config/</c> of a project; <see langword="null"/> elsewhere.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>The settings files that exist; what a later one says wins.</summary>
    public ImmutableArray<string> SettingsFiles =>
    [
        .. new[] { ProjectRoot, Path }.OfType<string>()
            .Select(folder => System.IO.Path.Combine(folder, SettingsFile))
            .Where(File.Exists),
    ];

    /// <summary>Finds the folder: the first of the one requested, the variable's, the current folder's, the user's.</summary>
    /// <param name="places">Where to look.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="BridgeConfigurationException">A folder that was named does not exist.</exception>
    public static ConfigurationFolder Find(ConfigurationPlaces places)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (places.Requested is { } requested)
        {
            return Named(requested, places, ConfigurationOrigin.CommandLine, "--config");
        }

        if (places.FromVariable is { } variable)
        {
            return Named(variable, places, ConfigurationOrigin.Environment, ConfigurationPlaces.Variable);
        }

        string local = System.IO.Path.Combine(places.CurrentFolder, "config");
        if (HoldsServers(local))
        {
            return new ConfigurationFolder(local, ConfigurationOrigin.CurrentFolder) { ProjectRoot = places.CurrentFolder };
        }

        return new ConfigurationFolder(
            places.UserFolder,
            HoldsAnything(places.UserFolder) ? ConfigurationOrigin.User : ConfigurationOrigin.BuiltIn);
    }

    /// <summary>The full path of a file that configuration names.</summary>
    /// <param name="file">The path as written, relative to this folder or absolute.</param>
    /// <returns>The path of the file; of its YAML sibling when only that exists.</returns>
    public string Resolve(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        string path = System.IO.Path.GetFullPath(file, Path);
        return File.Exists(path)
            ? path
            : s_endings.Select(ending => System.IO.Path.ChangeExtension(path, ending)).FirstOrDefault(File.Exists) ?? path;
    }

    /// <summary>How the folder was found, for people.</summary>
    /// <returns>A phrase such as <c>'/home/me/.config/bridge' (the user's folder)</c>.</returns>
    public string Describe() => Origin switch
    {
        ConfigurationOrigin.CommandLine => $"'{Path}' (from --config)",
        ConfigurationOrigin.Environment => $"'{Path}' (from {ConfigurationPlaces.Variable})",
        ConfigurationOrigin.CurrentFolder => $"'{Path}' (found in the current folder)",
        ConfigurationOrigin.User => $"'{Path}' (the user's folder)",
        _ => $"built-in defaults (no configuration in '{Path}')",
    };

    private static ConfigurationFolder Named(string folder, ConfigurationPlaces places, ConfigurationOrigin origin, string by)
    {
        string path = System.IO.Path.GetFullPath(folder, places.CurrentFolder);
        if (!Directory.Exists(path))
        {
            throw new BridgeConfigurationException(new ConfigProblem(
                "configuration-folder-missing",
                by,
                $"The configuration folder '{path}' does not exist.",
                $"Create it with 'bridge init --config \"{folder}\"', or name one that exists."));
        }

        // Whoever names a project means its config folder.
        string inner = System.IO.Path.Combine(path, "config");
        return !HoldsServers(path) && HoldsServers(inner)
            ? new ConfigurationFolder(inner, origin) { ProjectRoot = path }
            : new ConfigurationFolder(path, origin);
    }

    private static bool HoldsServers(string folder) => Holds(folder, "mcp");

    private static bool HoldsAnything(string folder) =>
        HoldsServers(folder) || Holds(folder, "models") || File.Exists(System.IO.Path.Combine(folder, SettingsFile));

    private static bool Holds(string folder, string name) =>
        s_endings.Any(ending => File.Exists(System.IO.Path.Combine(folder, name + ending)));
}
