namespace Bridge.Configuration;

/// <summary>Where configuration may lie, before anyone looked.</summary>
/// <param name="CurrentFolder">The current folder.</param>
/// <param name="UserFolder">The user's own folder, <c>$XDG_CONFIG_HOME/bridge</c> or <c>%APPDATA%\bridge</c>.</param>
public sealed record ConfigurationPlaces(string CurrentFolder, string UserFolder)
{
    /// <summary>The variable that names a folder.</summary>
    public const string Variable = "BRIDGE_CONFIG_DIR";

    /// <summary>The folder named on the command line; <see langword="null"/> for none.</summary>
    public string? Requested { get; init; }

    /// <summary>The folder named by <see cref="Variable"/>; <see langword="null"/> for none.</summary>
    public string? FromVariable { get; init; }

    /// <summary>The places of this process.</summary>
    /// <param name="requested">The folder named on the command line.</param>
    /// <returns>The places.</returns>
    public static ConfigurationPlaces OfProcess(string? requested = null) =>
        From(requested, Environment.CurrentDirectory, Environment.GetEnvironmentVariable);

    /// <summary>The places for a current folder and variables.</summary>
    /// <param name="requested">The folder named on the command line.</param>
    /// <param name="currentFolder">The current folder.</param>
    /// <param name="variable">Gives the value of a variable, or <see langword="null"/>.</param>
    /// <returns>The places.</returns>
    public static ConfigurationPlaces From(string? requested, string currentFolder, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new ConfigurationPlaces(currentFolder, UserFolderOf(variable))
        {
            Requested = requested,
            FromVariable = NullIfEmpty(variable(Variable)),
        };
    }

    private static string UserFolderOf(Func<string, string?> variable)
    {
        string? parent = OperatingSystem.IsWindows() ? NullIfEmpty(variable("APPDATA")) : NullIfEmpty(variable("XDG_CONFIG_HOME"));
        parent ??= OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData)
            : Path.Combine(HomeOf(variable), ".config");
        return Path.Combine(parent, "bridge");
    }

    private static string HomeOf(Func<string, string?> variable) =>
        NullIfEmpty(variable("HOME")) ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
