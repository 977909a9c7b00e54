using Bridge.Configuration;
using Microsoft.Extensions.Configuration;

namespace Bridge.Host.Composition;

/// <summary>The configuration a verb runs under.</summary>
/// <param name="Folder">Where it lies and how it was found.</param>
/// <param name="Configuration">All of it.</param>
/// <param name="Options">The section <c>Bridge</c>, strictly bound.</param>
/// <param name="DataFolder">Where Bridge remembers things.</param>
internal sealed record BridgeSettings(
    ConfigurationFolder Folder, IConfigurationRoot Configuration, BridgeOptions Options, string DataFolder)
{
    /// <summary>The file of servers; it may not exist.</summary>
    public string McpFile => Folder.Resolve(Options.McpFile);

    /// <summary>The file of models; it may not exist.</summary>
    public string ModelsFile => Folder.Resolve(Options.ModelsFile);

    /// <summary>The file of rules; it may not exist.</summary>
    public string PolicyFile => Folder.Resolve(Options.PolicyFile);
}
