using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge trust</c>: shows what a found folder would start, and accepts it.</summary>
internal static class TrustVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Accept without asking." };
        var revoke = new Option<bool>("--revoke") { Description = "Forget that this folder was accepted." };
        var verb = new Verb("trust", "Show what the configuration of the current folder would start, and accept exactly that.")
        {
            Examples =
            [
                ("bridge trust", "shows the commands and asks"),
                ("bridge trust --yes", "accepts without asking, for scripts that looked before"),
                ("bridge trust --revoke", "forgets it"),
            ],
        };
        verb.Add(yes);
        verb.Add(revoke);
        verb.Runs(environment, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(yes), context.Parsed.GetValue(revoke), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, bool yes, bool revoke, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        string folder = settings.Folder.Path;
        if (revoke)
        {
            bool revoked = new TrustStore(settings.DataFolder, context.Environment.Clock).Revoke(folder);
            await context.Output.WriteLineAsync(revoked ? $"'{folder}' is not trusted any more." : $"'{folder}' was not trusted.");
            return ExitCode.Ok;
        }

        var gate = new TrustGate(context.Environment);
        switch (gate.Judge(settings))
        {
            case TrustVerdict.NotNeeded:
                await context.Output.WriteLineAsync($"{settings.Folder.Describe()} needs no trust: only a folder found through the current one does.");
                return ExitCode.Ok;
            case TrustVerdict.ShippedSample:
                await context.Output.WriteLineAsync($"'{folder}' is the sample that Bridge ships; it is trusted.");
                return ExitCode.Ok;
            case TrustVerdict.Accepted:
                await context.Output.WriteLineAsync($"'{folder}' is trusted already, as it is.");
                return ExitCode.Ok;
        }

        return await AcceptAsync(context, gate, settings, yes, cancellationToken);
    }

    private static async Task<int> AcceptAsync(
        VerbContext context, TrustGate gate, BridgeSettings settings, bool yes, CancellationToken cancellationToken)
    {
        if (yes)
        {
            await gate.ShowAsync(settings);
            gate.Accept(settings);
        }
        else if (!context.Environment.IsInteractive)
        {
            await gate.ShowAsync(settings);
            throw new VerbException(ExitCode.Usage, "Nobody can be asked here. Look at the list, then run 'bridge trust --yes'.");
        }
        else if (!await gate.AcceptAsync(settings, cancellationToken))
        {
            throw new VerbException(ExitCode.Usage, "Not trusted.");
        }

        await context.Output.WriteLineAsync($"'{settings.Folder.Path}' is trusted until its content changes.");
        return ExitCode.Ok;
    }
}
