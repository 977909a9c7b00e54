using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.SignIn;

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
        Option<string?> client = ClientChoice.Option("Whose login it is, where clients have their own");
        verb.Add(name);
        verb.Add(client);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, context.Parsed.GetRequiredValue(name), context.Parsed.GetValue(client), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string name, string? client, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        McpServerConfig server = ConfiguredServers.Read(settings, context.Environment).Require(name);
        string whose = await ClientChoice.FindAsync(client, server, settings, context.Environment, cancellationToken);
        UpstreamLogins logins = ServerLogins.Open(settings, context.Environment);
        bool any = await ServerLogins.OpenCredentials(settings, context.Environment, logins).ForgetLoginAsync(server, whose, cancellationToken);
        string login = server.CredentialPerClient ? $"login of '{whose}'" : "login";
        await context.Output.WriteLineAsync(PlainText.Line(any ? $"The {login} at '{server.Id}' is forgotten." : $"There was no {login} at '{server.Id}'."));
        return ExitCode.Ok;
    }
}
