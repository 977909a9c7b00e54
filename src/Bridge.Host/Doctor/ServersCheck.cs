using Bridge.Host.Composition;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Credentials;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Bridge.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Host.Doctor;

/// <summary>The file of servers and each server in it: is it written well, is its program there, does it answer.</summary>
internal sealed class ServersCheck : IDoctorCheck
{
    // Each is a connection; who wants to know of others asks 'servers test --for'.
    private const int MostClients = 8;

    public async Task<IReadOnlyList<Finding>> RunAsync(DoctorContext context, CancellationToken cancellationToken)
    {
        BridgeSettings settings = context.Settings;
        if (!File.Exists(settings.McpFile))
        {
            Finding sample = new("no-servers-configured", FindingLevel.Note, settings.McpFile, "No servers are configured, so the sample calculator is used.", "'bridge init' writes a configuration; 'bridge servers add' adds a server.");
            return [sample, .. context.CanStart ? await ConnectAsync(context, ConfiguredServers.Read(settings, context.Environment), cancellationToken) : []];
        }

        McpServerFile file = McpServerFile.Load(settings.McpFile, BridgeServices.VariablesOf(settings, context.Environment));
        List<Finding> findings =
        [
            .. file.AllProblems.Select(problem => new Finding(problem.Code, FindingLevel.Error, problem.Location, problem.Message, problem.Cure)),
            .. file.Servers.SelectMany(server => server.Warnings)
                .Select(problem => new Finding(problem.Code, FindingLevel.Warning, problem.Location, problem.Message, problem.Cure)),
            .. file.Servers.SelectMany(ForeignKeys),
        ];
        if (file.ForeignKeys.Length > 0)
        {
            findings.Add(Foreign(settings.McpFile, file.ForeignKeys));
        }

        if (file.Problems.IsEmpty && file.Servers.IsEmpty)
        {
            findings.Add(new("no-servers", FindingLevel.Error, settings.McpFile, "The list of servers is empty, so there is nothing to call.", "'bridge servers add NAME -- COMMAND' adds one."));
        }

        findings.AddRange(context.CanStart
            ? await ConnectAsync(context, [.. file.Servers.Where(server => server.Errors.IsEmpty && !server.Disabled)], cancellationToken)
            : []);
        return findings;
    }

    private static async Task<IEnumerable<Finding>> ConnectAsync(
        DoctorContext context, IReadOnlyList<McpServerConfig> servers, CancellationToken cancellationToken)
    {
        UpstreamLogins? logins = LoginsOf(context);
        ClientCredentials? credentials = logins is null ? null : ServerLogins.OpenCredentials(context.Settings, context.Environment, logins);
        var test = new ServerTest(context.Environment.Clock, NullLoggerFactory.Instance, logins, credentials);
        Finding[][] findings = await Task.WhenAll(servers.Select(async server =>
            Prerequisites.Missing(server, context.Environment.Variable("PATH")) is { } missing ? [missing]
            : server.CredentialPerClient && credentials is not null ? await ClientsAsync(context, server, test, cancellationToken)
            : ToFindings(await test.RunAsync(server, cancellationToken))));
        return findings.SelectMany(some => some);
    }

    // A client that lacks a credential is no fault of the server, and each that has one is connected by itself.
    private static async Task<Finding[]> ClientsAsync(DoctorContext context, McpServerConfig server, ServerTest test, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClientCredentialState> clients;
        try
        {
            clients = await ClientSurvey.LookAsync(server, context.Settings, context.Environment, cancellationToken);
        }
        catch (CredentialException error)
        {
            return [new("credentials-unreadable", FindingLevel.Error, server.Id, error.Message, "Give the key it was written with, or give the credential again.")];
        }

        string[] able = [.. clients.Where(client => client.Missing is null).Select(client => client.Client)];
        Finding lacking = able.Length == 0
            ? new("no-client-credential", FindingLevel.Warning, server.Id, "No client has a credential for it, so nobody can use it.", clients[0].Missing)
            : new(
                "client-credentials", FindingLevel.Note, server.Id,
                $"Clients with a credential: {Quoted(able)}; without: {Quoted(clients.Where(client => client.Missing is not null).Select(client => client.Client))}.",
                $"'bridge servers credential list {server.Id}' says what each lacks.");
        Finding[][] tested = await Task.WhenAll(able.Take(MostClients).Select(async client =>
            ToFindings(await test.RunAsync(server, client, cancellationToken)).Select(finding => finding with { Subject = $"{finding.Subject} for {client}" }).ToArray()));
        return [lacking, .. tested.SelectMany(some => some)];
    }

    private static string Quoted(IEnumerable<string> clients) => string.Join(", ", clients.Select(client => $"'{client}'").DefaultIfEmpty("none"));

    // A data folder that cannot be used is told of beside.
    private static UpstreamLogins? LoginsOf(DoctorContext context)
    {
        try
        {
            return ServerLogins.Open(context.Settings, context.Environment);
        }
        catch (DataFolderException)
        {
            return null;
        }
    }

    private static Finding[] ToFindings(ServerTestReport report) => report.Error is { } error
        ? [new("server-failed", FindingLevel.Error, report.Server, error, report.Cure)]
        :
        [
            new("server", FindingLevel.Ok, report.Server, $"Connected; {report.Tools.Tools.Length} tools."),
            .. report.Tools.Quarantined.Select(tool => new Finding(
                "tool-not-offered", FindingLevel.Warning, tool.Id.ToString(), tool.Reason, "Correct the definition in the server, or tell its authors; its other tools work.")),
        ];

    private static IEnumerable<Finding> ForeignKeys(McpServerConfig server) =>
        server.ForeignKeys.IsEmpty ? [] : [Foreign(server.Id, server.ForeignKeys)];

    private static Finding Foreign(string subject, IEnumerable<string> keys) =>
        new("foreign-keys", FindingLevel.Note, subject, $"Keys of other programs are kept and have no effect here: '{string.Join("', '", keys)}'.");
}
