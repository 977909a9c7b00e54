using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers logout</c>.</summary>
internal static class ServersLogoutVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The server." };
        var verb = new Verb("logout", "Forget the login at a server, and give its tokens back where they are taken.")
        {
            Examples = [("bridge servers logout tracker", "a running 'serve' stops using it within a second")],
        };
        verb.Add(name);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, context.Parsed.GetRequiredValue(name), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string name, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        McpServerConfig server = ConfiguredServers.Read(settings, context.Environment).Require(name);
        bool any = await ServerLogins.Open(settings, context.Environment).ForgetAsync(server, cancellationToken);
        await context.Output.WriteLineAsync(any ? $"The login at '{server.Id}' is forgotten." : $"There was no login at '{server.Id}'.");
        return ExitCode.Ok;
    }
}
