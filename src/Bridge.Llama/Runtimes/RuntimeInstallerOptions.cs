namespace Bridge.Llama.Runtimes;

/// <summary>Where builds of llama.cpp come from.</summary>
public sealed record RuntimeInstallerOptions
{
    /// <summary>The variable that names another registry, as npm reads it.</summary>
    public const string RegistryVariable = "npm_config_registry";

    /// <summary>The registry of npm packages.</summary>
    /// <value>The default is <c>https://registry.npmjs.org</c>.</value>
    public string Registry { get; init; } = "https://registry.npmjs.org";

    /// <summary>How long to wait before a broken download is tried again.</summary>
    /// <value>The default is 1 second; each further wait is twice as long.</value>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The options of an environment.</summary>
    /// <param name="registry">The registry a person named; <see langword="null"/> for that of the environment.</param>
    /// <param name="variable">Reads a variable.</param>
    public static RuntimeInstallerOptions From(string? registry, Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        registry ??= variable(RegistryVariable) ?? variable(RegistryVariable.ToUpperInvariant());
        return string.IsNullOrWhiteSpace(registry) ? new RuntimeInstallerOptions() : new RuntimeInstallerOptions { Registry = registry.Trim() };
    }
}
