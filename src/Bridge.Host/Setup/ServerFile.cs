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
    /// <param name="change">Makes the new text from the old; <see langword="null"/> when it cannot.</param>
    /// <param name="cancellationToken">Ends a question.</param>
    /// <returns>When the file is written.</returns>
    /// <exception cref="VerbException">The file cannot be changed by this program.</exception>
    public async Task ChangeAsync(Func<string, string?> change, CancellationToken cancellationToken)
    {
        string path = settings.McpFile;
        if (ConfigFile.IsYaml(path))
        {
            throw new VerbException(ExitCode.Usage, $"'{path}' is YAML, which this command does not edit; change it by hand.");
        }

        var gate = new TrustGate(environment);
        await gate.PassAsync(settings, cancellationToken);
        string changed = Change(path, change);
        AtomicFile.Write(path, changed);
        if (settings.Folder.Origin == ConfigurationOrigin.CurrentFolder)
        {
            gate.Accept(settings);
        }
    }

    private static string Change(string path, Func<string, string?> change)
    {
        string text = ServerFileEditor.Empty;
        if (File.Exists(path))
        {
            ConfigFileContent content = ConfigFile.Read(path);
            if (content.Root is null)
            {
                throw new BridgeConfigurationException(content.Problems);
            }

            text = content.Text;
        }

        string? changed = change(text);
        return changed is not null && ConfigFile.Parse(path, changed).Root is not null
            ? changed
            : throw new VerbException(ExitCode.Usage, $"'{path}' is laid out in a way this command cannot edit safely; change it by hand.");
    }
}
