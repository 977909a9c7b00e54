using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Setup;
using Bridge.Host.Terminal;
using Bridge.Models.Ollama;
using Bridge.Profiles;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge init</c>: writes a configuration to begin with.</summary>
internal static class InitVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var yes = new Option<bool>("--yes", "-y") { Description = "Take what is offered without asking." };
        var force = new Option<bool>("--force") { Description = "Replace files that are there." };
        var here = new Option<bool>("--here") { Description = "Write into ./config instead of the user's folder, and trust it." };
        var verb = new Verb("init", "Look for local models and write mcp.json, models.json and appsettings.json.")
        {
            Examples =
            [
                ("bridge init", "into the user's folder"),
                ("bridge init --here --yes", "into ./config, without questions"),
                ("bridge init --config ./my-config", "into a folder you name"),
            ],
        };
        verb.Add(yes);
        verb.Add(force);
        verb.Add(here);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(
            context,
            new InitChoices(context.Parsed.GetValue(yes), context.Parsed.GetValue(force), context.Parsed.GetValue(here)),
            cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, InitChoices choices, CancellationToken cancellationToken)
    {
        string folder = FolderOf(context, choices.Here);
        string? caller = await OfferStoredAsync(context, choices.Yes, cancellationToken)
            ?? await OfferOllamaAsync(context, choices.Yes, cancellationToken);
        var written = new List<string>();
        foreach ((string path, string content) in new InitPlan(folder, caller).Files)
        {
            if (File.Exists(path) && !choices.Force && !await MayReplaceAsync(context, path, choices.Yes, cancellationToken))
            {
                await context.Error.WriteLineAsync($"'{path}' is there already and stays as it is; '--force' replaces it.");
                continue;
            }

            ConfigFileWriter.Write(path, content);
            written.Add(path);
        }

        foreach (string path in written)
        {
            await context.Output.WriteLineAsync(path);
        }

        if (choices.Here && written.Count > 0)
        {
            TrustOwn(context);
        }

        await context.Error.WriteLineAsync("Next: bridge doctor, then bridge ask \"Add 2 to 3 using available tools.\"");
        return ExitCode.Ok;
    }

    private static string FolderOf(VerbContext context, bool here)
    {
        CommandEnvironment environment = context.Environment;
        var places = ConfigurationPlaces.From(context.Settings.ConfigFolder, environment.CurrentFolder, environment.Variable);
        string folder = here ? "config" : places.Requested ?? places.FromVariable ?? places.UserFolder;
        return Path.GetFullPath(folder, environment.CurrentFolder);
    }

    private static async Task<string?> OfferStoredAsync(VerbContext context, bool yes, CancellationToken cancellationToken)
    {
        StoredCaller found = await StoredCaller.FindAsync(SettingsLoader.DataFolderOf(context.Settings, context.Environment), context.Environment, cancellationToken);
        if (found.Caller is null)
        {
            if (found.Message.Length > 0)
            {
                await context.Error.WriteLineAsync(found.Message);
            }

            return null;
        }

        if (yes)
        {
            await context.Error.WriteLineAsync($"{found.Message} It chooses tools; the embedded tool caller stands behind it.");
            return found.Caller;
        }

        return await context.Environment.AskAsync($"{found.Message} Let it choose tools?", cancellationToken) is true ? found.Caller : null;
    }

    private static async Task<string?> OfferOllamaAsync(VerbContext context, bool yes, CancellationToken cancellationToken)
    {
        OllamaFinding found = await OllamaDetection.FindAsync(environment: context.Environment.Variable, cancellationToken: cancellationToken);
        if (found.Problem is not null)
        {
            await context.Error.WriteLineAsync($"No Ollama answers at {found.Url}; the embedded tool caller is used, which needs no model.");
            return null;
        }

        if (OllamaDetection.Best(found.Models, ProfileTable.BuiltIn) is not { } best)
        {
            string measured = string.Join(", ", BuiltInProfiles.All.Select(profile => profile.Match.TrimEnd('*')));
            await context.Error.WriteLineAsync(
                $"Ollama at {found.Url} has none of the models measured as tool callers ({measured}); 'ollama pull qwen3:0.6b' gets a small one. The embedded tool caller is used.");
            return null;
        }

        bool wanted = yes || await context.Environment.AskAsync($"Ollama has '{best.Name}'. Let it choose tools?", cancellationToken) is true;
        return wanted ? $"ollama/{best.Name}" : null;
    }

    private static async Task<bool> MayReplaceAsync(VerbContext context, string path, bool yes, CancellationToken cancellationToken) =>
        !yes && await context.Environment.AskAsync($"'{path}' is there already. Replace it?", cancellationToken) is true;

    // The user asked for exactly these files, so they need not be accepted once more.
    private static void TrustOwn(VerbContext context)
    {
        BridgeSettings settings = SettingsLoader.Load(new(null, context.Settings.DataFolder), context.Environment);
        if (settings.Folder.Origin == ConfigurationOrigin.CurrentFolder)
        {
            new TrustGate(context.Environment).Accept(settings);
        }
    }

    private sealed record InitChoices(bool Yes, bool Force, bool Here);
}
