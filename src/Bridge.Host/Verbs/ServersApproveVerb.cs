using System.CommandLine;
using Bridge.Approval;
using Bridge.Host.Composition;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Sources;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers approve</c>: trusts what a server lists now.</summary>
internal static class ServersApproveVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The server." };
        var verb = new Verb("approve", "Trust the tools a server lists now, in place of those trusted before.")
        {
            Examples = [("bridge servers approve weather", "after it added or changed tools")],
        };
        Option<string?> client = ClientChoice.Option("Whose list is trusted, where clients have their own credentials");
        verb.Add(name);
        verb.Add(client);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, context.Parsed.GetRequiredValue(name), context.Parsed.GetValue(client), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string name, string? client, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        McpServerConfig server = ConfiguredServers.Read(settings, context.Environment).Require(name);
        var identity = new ClientIdentity(await ClientChoice.FindAsync(client, server, settings, context.Environment, cancellationToken));
        await using LocalSession session = await new SessionFactory(context.Environment, context.Verbose)
            .OpenLocalAsync(settings, ServerChoice.Only(server.Id), cancellationToken);
        McpToolSource? source = session.Services.GetRequiredService<McpServers>().Find(server.Id);
        CallContext asked = CallContext.Local with { Identity = identity };
        await (source?.ListAsync(asked, cancellationToken) ?? Task.CompletedTask);
        if (source?.StatusOf(identity) is not { State: SourceState.Ready })
        {
            throw new VerbException(ExitCode.Failed, $"The server '{server.Id}' is not ready: {source?.StatusOf(identity).Detail} 'bridge servers test {server.Id}' says more.");
        }

        int count = await session.Services.GetRequiredService<IDefinitionPins>().ApproveAsync(source, asked, cancellationToken);
        await context.Output.WriteLineAsync($"{count} tools of '{server.Id}' are trusted as they are now.");
        return ExitCode.Ok;
    }
}
