using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers test</c>.</summary>
internal static class ServersTestVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { Description = "The server; every one when not given.", Arity = ArgumentArity.ZeroOrOne };
        var verb = new Verb("test", "Connect to servers, step by step, and say what is wrong.")
        {
            Examples = [("bridge servers test", "every server"), ("bridge servers test weather", "one; exit code 1 when it fails"), ("bridge servers test github --for user:alice", "with her credential")],
        };
        Option<string?> client = ClientChoice.Option("Whose credential is shown, where clients have their own");
        verb.Add(name);
        verb.Add(client);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, context.Parsed.GetValue(name), context.Parsed.GetValue(client), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string? name, string? client, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await new TrustGate(context.Environment).PassAsync(settings, cancellationToken);
        IReadOnlyList<McpServerConfig> servers = ConfiguredServers.Read(settings, context.Environment);
        servers = name is null ? [.. servers.Where(server => !server.Disabled)] : [servers.Require(name)];
        string whose = name is null
            ? await ClientChoice.FindAsync(client, settings, context.Environment, cancellationToken)
            : await ClientChoice.FindAsync(client, servers[0], settings, context.Environment, cancellationToken);
        UpstreamLogins logins = ServerLogins.Open(settings, context.Environment);
        var test = new ServerTest(context.Environment.Clock, NullLoggerFactory.Instance, logins, ServerLogins.OpenCredentials(settings, context.Environment, logins));
        ServerTestReport[] reports = await Task.WhenAll(servers.Select(server => test.RunAsync(server, whose, cancellationToken)));
        if (context.Json)
        {
            JsonText.Write(context.Output, new JsonObject { ["servers"] = new JsonArray([.. reports.Select(ToJson)]) });
        }
        else
        {
            foreach (ServerTestReport report in reports)
            {
                await WriteAsync(context.Environment, report);
            }
        }

        return Array.TrueForAll(reports, report => report.Succeeded) ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task WriteAsync(CommandEnvironment environment, ServerTestReport report)
    {
        var paint = new Paint(environment.OutputHasColor);
        string steps = string.Join(", ", report.Steps.Select(step => $"{step.Name} {step.Duration.TotalMilliseconds:0} ms"));
        await environment.Output.WriteLineAsync(report.Succeeded
            ? $"{paint.Green("ok")}      {report.Server}: {PlainText.Line(report.Implementation ?? "a server without a name")}, {report.Tools.Tools.Length} tools ({steps})"
            : $"{paint.Red("failed")}  {report.Server}: {PlainText.Lines($"{report.Error} {report.Cure}")} ({steps})");
    }

    private static JsonNode ToJson(ServerTestReport report) => new JsonObject
    {
        ["id"] = report.Server,
        ["succeeded"] = report.Succeeded,
        ["error"] = report.Error,
        ["cure"] = report.Cure,
        ["implementation"] = report.Implementation,
        ["protocol_version"] = report.ProtocolVersion,
        ["tools"] = new JsonArray([.. report.Tools.Tools.Select(tool => (JsonNode)tool.Id.Name)]),
        ["steps"] = new JsonArray([.. report.Steps.Select(step => (JsonNode)new JsonObject
        {
            ["name"] = step.Name,
            ["duration_ms"] = Math.Round(step.Duration.TotalMilliseconds, 3),
            ["succeeded"] = step.Succeeded,
        })]),
    };
}
