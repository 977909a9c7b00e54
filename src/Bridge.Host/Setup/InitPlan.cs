using System.Text;
using Bridge.Configuration;

namespace Bridge.Host.Setup;

/// <summary>The files <c>bridge init</c> writes.</summary>
/// <param name="Folder">Where.</param>
/// <param name="Caller">The tool caller that was found; <see langword="null"/> for what ships with Bridge.</param>
internal sealed record InitPlan(string Folder, string? Caller)
{
    /// <summary>The files, by full path, with their content.</summary>
    public IReadOnlyList<(string Path, string Content)> Files =>
    [
        (Path.Combine(Folder, "mcp.json"), Shipped("config/mcp.json")),
        (Path.Combine(Folder, "models.json"), Shipped("config/models.json")),
        (Path.Combine(Folder, ConfigurationFolder.SettingsFile), Settings),
    ];

    private string Settings
    {
        get
        {
            string shipped = Shipped(ConfigurationFolder.SettingsFile);
            return Caller is null ? shipped : shipped.Replace("\"Callers\": [\"embedded\"]", $"\"Callers\": [\"{Caller}\", \"embedded\"]", StringComparison.Ordinal);
        }
    }

    private static string Shipped(string name) => Encoding.UTF8.GetString(ShippedSample.Read(name).Span);
}
