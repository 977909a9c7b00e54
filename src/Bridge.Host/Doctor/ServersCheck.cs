using Bridge.Host.Composition;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Bridge.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Host.Doctor;

/// <summary>The file of servers and each server in it: is it written well, is its program there, does it answer.</summary>
internal sealed class ServersCheck : IDoctorCheck
{
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
        var test = new ServerTest(context.Environment.Clock, NullLoggerFactory.Instance, LoginsOf(context));
        Finding[][] findings = await Task.WhenAll(servers.Select(async server =>
            Prerequisites.Missing(server, context.Environment.Variable("PATH")) is { } missing
                ? [missing]
                : ToFindings(await test.RunAsync(server, cancellationToken))));
        return findings.SelectMany(some => some);
    }

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
