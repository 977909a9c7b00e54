using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.SignIn;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge servers list</c>.</summary>
internal static class ServersListVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("list", "List the configured servers; nothing is started.")
        {
            Examples = [("bridge servers list --json", "for a program"), ("bridge servers list --for user:alice", "which servers she can use")],
        };
        Option<string?> client = ClientChoice.Option("Whose credential is looked for, where clients have their own");
        verb.Add(client);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, context.Parsed.GetValue(client), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string? client, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        IReadOnlyList<McpServerConfig> servers = ConfiguredServers.Read(settings, context.Environment);
        var logins = new Dictionary<string, string?>(StringComparer.Ordinal);
        string whose = await ClientChoice.FindAsync(client, settings, context.Environment, cancellationToken);
        McpServerConfig[] guarded = [.. servers.Where(server => server.Url is not null || server.CredentialPerClient)];
        UpstreamLogins? known = guarded.Length > 0 ? ServerLogins.Open(settings, context.Environment) : null;
        foreach (McpServerConfig server in guarded)
        {
            logins[server.Id] = server.CredentialPerClient
                ? await ClientSurvey.DescribeAsync(ServerLogins.OpenCredentials(settings, context.Environment, known!), server, whose, cancellationToken)
                : await known!.DescribeAsync(server, cancellationToken);
        }

        if (context.Json)
        {
            JsonText.Write(context.Output, new JsonObject { ["servers"] = new JsonArray([.. servers.Select(server => ToJson(server, logins.GetValueOrDefault(server.Id)))]) });
            return ExitCode.Ok;
        }

        int width = servers.Select(server => server.Id.Length).DefaultIfEmpty(0).Max();
        foreach (McpServerConfig server in servers)
        {
            string note = server.Disabled ? "  (disabled)" : !server.Errors.IsEmpty ? $"  (unusable: {server.Errors[0].Message})" : logins.GetValueOrDefault(server.Id) is { } login ? $"  ({login})" : "";
            await context.Output.WriteLineAsync($"{server.Id.PadRight(width)}  {PlainText.Line(TargetOf(server))}{note}");
        }

        if (!File.Exists(settings.McpFile))
        {
            await context.Error.WriteLineAsync("No servers are configured; this is the sample. 'bridge servers add' configures one.");
        }

        return ExitCode.Ok;
    }

    private static string TargetOf(McpServerConfig server) =>
        server.Url?.ToString() ?? string.Join(' ', server.Arguments.Prepend(server.Command ?? ""));

    private static JsonObject ToJson(McpServerConfig server, string? login) => new JsonObject
    {
        ["id"] = server.Id,
        ["name"] = server.Name ?? server.Id,
        ["transport"] = server.Transport.ToString().ToLowerInvariant(),
        ["target"] = TargetOf(server),
        ["disabled"] = server.Disabled,
        ["credentials"] = server.CredentialPerClient ? "client" : "server",
        ["login"] = login,
        ["problems"] = new JsonArray([.. server.Errors.Select(problem => (JsonNode)problem.ToString())]),
    };
}
