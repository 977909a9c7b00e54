using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Setup;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers remove</c>.</summary>
internal static class ServersRemoveVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The server, as it is written in the file." };
        var verb = new Verb("remove", "Remove a server from mcp.json; comments and layout of the rest stay.")
        {
            Examples = [("bridge servers remove weather", "takes it out; a running 'serve' stops it")],
        };
        verb.Add(name);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, context.Parsed.GetRequiredValue(name), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string name, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await new ServerFile(settings, context.Environment).ChangeAsync(path => McpServerFileEditor.Remove(path, name), cancellationToken);
        await context.Output.WriteLineAsync($"Removed '{name}' from '{settings.McpFile}'.");
        return ExitCode.Ok;
    }
}
