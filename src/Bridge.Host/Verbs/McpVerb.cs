using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Pipes;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge mcp</c>: all servers as one MCP server on standard input and output, for programs that start their servers.</summary>
internal static class McpVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var server = new Argument<string?>("SERVER")
        {
            Description = "Show this server alone, under its own names. Default: all, with the server in front of each name.",
            DefaultValueFactory = _ => null,
        };
        var verb = new Verb("mcp", "Be one MCP server for all of yours, on standard input and output.")
        {
            Examples =
            [
                ("bridge mcp", "what a client's configuration names as its command; uses a running 'bridge serve'"),
                ("bridge mcp files --standalone", "one server, in a process of its own"),
            ],
        };
        verb.Add(server);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            BridgeSettings settings = SettingsLoader.Load(context.Settings, environment);
            var sessions = new SessionFactory(environment, context.Verbose);
            string? only = context.Parsed.GetValue(server);
            return !context.Standalone && await sessions.FindServeAsync(settings, cancellationToken) is { } running
                ? await RelayAsync(running, only, environment, cancellationToken)
                : await ServeAsync(sessions, settings, only, environment, cancellationToken);
        });
        return verb;
    }

    private static async Task<int> RelayAsync(HttpClient running, string? only, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        using HttpClient client = running;
        var url = new Uri(client.BaseAddress!, only is null ? "/mcp" : $"/mcp/{Uri.EscapeDataString(only)}");
        await using Stream input = environment.OpenInput(), output = environment.OpenOutput();
        return await PipeRelay.RunAsync(url, client, input, output, cancellationToken)
            ? ExitCode.Ok
            : throw new VerbException(ExitCode.Failed, "The running 'bridge serve' ended the session; start the client's server again.");
    }

    private static async Task<int> ServeAsync(
        SessionFactory sessions, BridgeSettings settings, string? only, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using LocalSession local = await sessions.OpenLocalAsync(settings, ServerChoice.All, cancellationToken);
        McpGateway gateway = local.Services.GetRequiredService<McpGateway>();
        if (only is not null && !gateway.Knows(only))
        {
            throw new VerbException(ExitCode.Usage, $"There is no server '{only}'; 'bridge servers list' shows those there are.");
        }

        await using Stream input = environment.OpenInput(), output = environment.OpenOutput();
        using GatewaySession session = gateway.Open(ClientIdentity.Local, new GatewayView(only))!;
        await PipeServer.RunAsync(session, input, output, cancellationToken);
        return ExitCode.Ok;
    }
}
