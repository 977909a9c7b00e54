using Bridge.Configuration;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;

namespace Bridge.Host.Composition;

/// <summary>Looks at the file of servers before anything is started: what is wrong with all of it ends a verb; what is wrong with one server is its status.</summary>
/// <param name="environment">The process.</param>
internal sealed class ServerFileGuard(CommandEnvironment environment)
{
    /// <summary>Looks, and says on standard error what a person should know.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="allowEmpty">Whether a list without servers will do.</param>
    /// <returns>When it is written.</returns>
    /// <exception cref="BridgeConfigurationException">The file cannot be used.</exception>
    /// <exception cref="VerbException">The list is empty.</exception>
    public async Task CheckAsync(BridgeSettings settings, bool allowEmpty)
    {
        if (!File.Exists(settings.McpFile))
        {
            await environment.Error.WriteLineAsync(
                $"No servers are configured, so the sample server '{SampleServer.Id}' is used; 'bridge init' writes a configuration.");
            return;
        }

        McpServerFile file = McpServerFile.Load(settings.McpFile, BridgeServices.VariablesOf(settings, environment));
        if (!file.Problems.IsEmpty)
        {
            throw new BridgeConfigurationException(file.Problems);
        }

        if (file.Servers.IsEmpty)
        {
            string message = $"'{settings.McpFile}' lists no servers, so there is nothing to call. 'bridge servers add NAME -- COMMAND' adds one.";
            await (allowEmpty ? environment.Error.WriteLineAsync(message) : throw new VerbException(ExitCode.Usage, message));
        }
    }
}
