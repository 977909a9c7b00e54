using Bridge.Configuration;
using Bridge.Host.Terminal;

namespace Bridge.Host.Composition;

/// <summary>Lets a configuration found in the current folder start something only after a person accepted it.</summary>
/// <param name="environment">The process.</param>
internal sealed class TrustGate(CommandEnvironment environment)
{
    /// <summary>Whether the configuration may be used, without asking anybody.</summary>
    /// <param name="settings">The configuration.</param>
    /// <returns>The verdict.</returns>
    public TrustVerdict Judge(BridgeSettings settings) =>
        StoreOf(settings).Judge(settings.Folder, TrustContent.Read(settings.Folder, settings.Options));

    /// <summary>Passes, asks a person at a terminal, or refuses.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>When the configuration may be used.</returns>
    /// <exception cref="VerbException">It may not.</exception>
    public async Task PassAsync(BridgeSettings settings, CancellationToken cancellationToken)
    {
        TrustVerdict verdict = Judge(settings);
        if (verdict is not (TrustVerdict.Unknown or TrustVerdict.Changed))
        {
            return;
        }

        string why = verdict == TrustVerdict.Changed
            ? $"The configuration in '{settings.Folder.Path}' changed since it was trusted."
            : $"The configuration in '{settings.Folder.Path}' was found through the current folder and is not trusted.";
        if (!environment.IsInteractive)
        {
            throw new VerbException(
                ExitCode.Usage,
                $"{why} It can start processes. Look at it, then run 'bridge trust' in '{settings.Folder.ProjectRoot}', or name it with '--config \"{settings.Folder.Path}\"'.");
        }

        await environment.Error.WriteLineAsync(why);
        if (!await AcceptAsync(settings, cancellationToken))
        {
            throw new VerbException(ExitCode.Usage, "Not trusted; nothing was started.");
        }
    }

    /// <summary>Shows what would be started and asks whether it is trusted.</summary>
    /// <param name="settings">The configuration.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>Whether the person said yes; then it is recorded.</returns>
    public async Task<bool> AcceptAsync(BridgeSettings settings, CancellationToken cancellationToken)
    {
        TrustContent content = TrustContent.Read(settings.Folder, settings.Options);
        await ShowAsync(settings);
        if (await environment.AskAsync("Trust exactly this content?", cancellationToken) is not true)
        {
            return false;
        }

        StoreOf(settings).Accept(content);
        return true;
    }

    /// <summary>Shows what the configuration starts and whom it talks to.</summary>
    /// <param name="settings">The configuration.</param>
    /// <returns>When it is written.</returns>
    public async Task ShowAsync(BridgeSettings settings)
    {
        await environment.Error.WriteLineAsync("It would start and connect to:");
        foreach (string line in StartList.Of(settings))
        {
            await environment.Error.WriteLineAsync($"  {PlainText.Line(line)}");
        }
    }

    /// <summary>Records the content as trusted without asking.</summary>
    /// <param name="settings">The configuration.</param>
    public void Accept(BridgeSettings settings) => StoreOf(settings).Accept(TrustContent.Read(settings.Folder, settings.Options));

    private TrustStore StoreOf(BridgeSettings settings) => new(settings.DataFolder, environment.Clock);
}
