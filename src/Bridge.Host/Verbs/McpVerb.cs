using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Mcp.Gateway;
using Bridge.Mcp.Listing;
using Bridge.Mcp.Pipes;
using Bridge.Policy;
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
        var mode = new Option<GatewayMode?>("--mode")
        {
            Description = "How the client comes to tools: 'all' lists every one, 'search' lists three that find, describe and call, 'router' lists one that takes words. Default: as configured (Bridge:Gateway:Mode).",
        };
        var tools = new Option<string[]>("--tools")
        {
            Description = "Show these tools alone: ids or globs over ids, such as 'files/*'; may be given several times.",
            HelpName = "ID-OR-GLOB",
        };
        var verb = new Verb("mcp", "Be one MCP server for all of yours, on standard input and output.")
        {
            Examples =
            [
                ("bridge mcp", "what a client's configuration names as its command; uses a running 'bridge serve'"),
                ("bridge mcp files --standalone", "one server, in a process of its own"),
                ("bridge mcp --mode search", "for agents that must not read hundreds of definitions"),
                ("bridge mcp --tools 'files/read_*'", "some tools alone"),
            ],
        };
        verb.Add(server);
        verb.Add(mode);
        verb.Add(tools);
        verb.Runs(environment, async (context, cancellationToken) =>
        {
            BridgeSettings settings = SettingsLoader.Load(context.Settings, environment);
            var sessions = new SessionFactory(environment, context.Verbose);
            var view = new GatewayView(context.Parsed.GetValue(server))
            {
                Mode = context.Parsed.GetValue(mode),
                Tools = ToolSubset.Of(context.Parsed.GetValue(tools) ?? []),
            };
            return !context.Standalone && await sessions.FindServeAsync(settings, cancellationToken) is { } running
                ? await RelayAsync(running, cancelled => sessions.FindServeAsync(settings, cancelled), AddressOf(view, context.Parsed.GetValue(tools) ?? []), environment, cancellationToken)
                : await ServeAsync(sessions, settings, view, environment, cancellationToken);
        });
        return verb;
    }

    private static string AddressOf(GatewayView view, string[] tools)
    {
        string path = view.Server is null ? "/mcp" : $"/mcp/{Uri.EscapeDataString(view.Server)}";
        string?[] query =
        [
            view.Mode is { } mode ? $"mode={mode.ToString().ToLowerInvariant()}" : null,
            tools.Length > 0 ? $"tools={Uri.EscapeDataString(string.Join(',', tools))}" : null,
        ];
        string asked = string.Join('&', query.Where(part => part is not null));
        return asked.Length == 0 ? path : $"{path}?{asked}";
    }

    private static async Task<int> RelayAsync(
        HttpClient running, Func<CancellationToken, Task<HttpClient?>> find, string address, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        HttpClient? first = running;
        await using Stream input = environment.OpenInput(), output = environment.OpenOutput();
        await using var relay = new PipeRelay(AttachAsync, output, environment.Clock);
        return await relay.RunAsync(input, cancellationToken)
            ? ExitCode.Ok
            : throw new VerbException(ExitCode.Failed, "The running 'bridge serve' ended, and no other was started within a minute; start the client's server again.");

        async Task<RelayTarget?> AttachAsync(CancellationToken cancelled)
        {
            HttpClient? client = Interlocked.Exchange(ref first, null) ?? await find(cancelled);
            return client is null ? null : new RelayTarget(new Uri(client.BaseAddress!, address), client);
        }
    }

    private static async Task<int> ServeAsync(
        SessionFactory sessions, BridgeSettings settings, GatewayView view, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        await using LocalSession local = await sessions.OpenLocalAsync(settings, ServerChoice.All, cancellationToken);
        McpGateway gateway = local.Services.GetRequiredService<McpGateway>();
        if (view.Server is not null && !gateway.Knows(view.Server))
        {
            throw new VerbException(ExitCode.Usage, $"There is no server '{view.Server}'; 'bridge servers list' shows those there are.");
        }

        await using Stream input = environment.OpenInput(), output = environment.OpenOutput();
        using GatewaySession session = gateway.Open(ClientIdentity.Local, view)!;
        await PipeServer.RunAsync(session, input, output, cancellationToken);
        return ExitCode.Ok;
    }
}
