namespace Bridge.Host.Composition;

/// <summary>What a command line says about where configuration and data lie.</summary>
/// <param name="ConfigFolder">The folder of <c>--config</c>.</param>
/// <param name="DataFolder">The folder of <c>--data</c>.</param>
internal sealed record SettingsRequest(string? ConfigFolder = null, string? DataFolder = null)
{
    /// <summary>Settings that win over files and variables, such as <c>Bridge:Http:Url</c>.</summary>
    public IReadOnlyDictionary<string, string?> Overrides { get; init; } = new Dictionary<string, string?>();

    /// <summary>Whether files are watched and read again.</summary>
    public bool Reload { get; init; }
}
