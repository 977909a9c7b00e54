using Bridge.Configuration;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;

namespace Bridge.Host.Composition;

/// <summary>The servers of a configuration, or the sample where there is no file.</summary>
internal static class ConfiguredServers
{
    /// <summary>Reads the servers.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="environment">The process.</param>
    /// <returns>The servers in order, those with errors of their own among them.</returns>
    /// <exception cref="BridgeConfigurationException">The file cannot be used.</exception>
    public static IReadOnlyList<McpServerConfig> Read(BridgeSettings settings, CommandEnvironment environment)
    {
        if (!File.Exists(settings.McpFile))
        {
            return [SampleServer.Config(BridgeServices.ExecutableOf(settings, environment))];
        }

        McpServerFile file = McpServerFile.Load(settings.McpFile, BridgeServices.VariablesOf(settings, environment));
        return file.Problems.IsEmpty ? file.Servers : throw new BridgeConfigurationException(file.Problems);
    }

    /// <summary>Finds one by the name or id a person wrote.</summary>
    /// <param name="servers">The servers.</param>
    /// <param name="name">The name or id.</param>
    /// <returns>The server.</returns>
    /// <exception cref="VerbException">There is none.</exception>
    public static McpServerConfig Require(this IReadOnlyList<McpServerConfig> servers, string name)
    {
        if (servers.FirstOrDefault(server => server.Id == name || server.Name == name) is { } found)
        {
            return found;
        }

        string cure = ConfigFileKeys.NearMiss(name, servers.Select(server => server.Id)) is { } meant
            ? $"Did you mean '{meant}'?"
            : $"There are '{string.Join("', '", servers.Select(server => server.Id))}'.";
        throw new VerbException(ExitCode.Usage, $"There is no server '{name}'. {cure}");
    }
}
