using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;

namespace Bridge.Host.Setup;

/// <summary>The file of servers, to be changed by a person at the command line.</summary>
/// <param name="settings">The configuration it belongs to.</param>
/// <param name="environment">The process.</param>
internal sealed class ServerFile(BridgeSettings settings, CommandEnvironment environment)
{
    /// <summary>Changes the file. One that was trusted stays trusted: the user made the change.</summary>
    /// <param name="change">Changes the file of that path.</param>
    /// <param name="cancellationToken">Ends a question.</param>
    /// <returns>When the file is written.</returns>
    /// <exception cref="VerbException">The folder is not trusted.</exception>
    /// <exception cref="BridgeConfigurationException">The file cannot be changed by this program.</exception>
    public async Task ChangeAsync(Action<string> change, CancellationToken cancellationToken)
    {
        var gate = new TrustGate(environment);
        await gate.PassAsync(settings, cancellationToken);
        change(settings.McpFile);
        if (settings.Folder.Origin == ConfigurationOrigin.CurrentFolder)
        {
            gate.Accept(settings);
        }
    }
}
