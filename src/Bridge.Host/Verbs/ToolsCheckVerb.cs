using System.CommandLine;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Linting;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Probing;
using Bridge.Mcp.SignIn;
using Microsoft.Extensions.Logging.Abstractions;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge tools check</c>: what keeps models from calling tools well.</summary>
internal static class ToolsCheckVerb
{
    private const int ProgressStep = 250;

    public static Command Create(CommandEnvironment environment)
    {
        var target = new Argument<string>("FILE|SERVER")
        {
            Description = "A JSON or JSON Lines file of tools ('-' for standard input), or the id of a configured server.",
        };
        var verb = new Verb("check", "Look at how tools are defined, and say what keeps models from calling them well.")
        {
            Examples =
            [
                ("bridge tools check calculator", "the tools of a configured server; exit code 1 on any error"),
                ("bridge tools check tools.json", "an MCP 'tools/list' result, a list of tools, OpenAI's 'tools', or a tool a line"),
                ("bridge tools check tools.json --all", "every place, not the first few"),
                ("bridge tools check - --json < tools.json", "the findings for a program"),
            ],
        };
        var all = new Option<bool>("--all") { Description = "List every place, not the first few of each finding." };
        verb.Add(target);
        verb.Add(all);
        verb.Runs(environment, (context, cancellationToken) =>
            RunAsync(context, context.Parsed.GetValue(target)!, context.Parsed.GetValue(all), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string target, bool all, CancellationToken cancellationToken)
    {
        IReadOnlyList<ToolDefinition> tools = await ReadFileAsync(context.Environment, target, cancellationToken)
            ?? await ReadServerAsync(context, target, cancellationToken);
        var linted = new List<LintedTool>(tools.Count);
        using (var progress = new ProgressLine(context.Environment))
        {
            foreach (LintedTool tool in ToolLinter.Lint(tools))
            {
                cancellationToken.ThrowIfCancellationRequested();
                linted.Add(tool);
                if (linted.Count % ProgressStep == 0)
                {
                    progress.Show($"{linted.Count} of {tools.Count} tools …");
                }
            }
        }

        if (context.Json)
        {
            LintJson.Write(context.Output, linted);
        }
        else
        {
            new LintText(context.Environment, all).Write(linted);
        }

        return linted.Exists(tool => tool.Findings.Any(finding => finding.Level == LintLevel.Error)) ? ExitCode.Failed : ExitCode.Ok;
    }

    /// <summary>The tools of a file; <see langword="null"/> when there is no such file.</summary>
    private static async Task<IReadOnlyList<ToolDefinition>?> ReadFileAsync(CommandEnvironment environment, string target, CancellationToken cancellationToken)
    {
        string path = Path.Combine(environment.CurrentFolder, target);
        bool isInput = target == "-";
        if (!isInput && !File.Exists(path))
        {
            return null;
        }

        try
        {
            return ToolDefinitionReader.Read(isInput
                ? await environment.Input.ReadToEndAsync(cancellationToken)
                : await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (ToolDefinitionException error)
        {
            throw new VerbException(ExitCode.Usage, $"No tools can be read from '{(isInput ? "standard input" : target)}'. {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, $"The file '{target}' cannot be read: {error.Message}");
        }
    }

    private static async Task<IReadOnlyList<ToolDefinition>> ReadServerAsync(VerbContext context, string target, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        IReadOnlyList<McpServerConfig> servers = ConfiguredServers.Read(settings, context.Environment);
        McpServerConfig server = servers.FirstOrDefault(candidate => candidate.Id == target || candidate.Name == target)
            ?? throw new VerbException(
                ExitCode.Usage,
                $"'{target}' is neither a file nor a configured server. {(servers.Count == 0 ? "No server is configured." : $"The servers are '{string.Join("', '", servers.Select(candidate => candidate.Id))}'.")}");
        await new TrustGate(context.Environment).PassAsync(settings, cancellationToken);
        UpstreamLogins logins = ServerLogins.Open(settings, context.Environment);
        var test = new ServerTest(context.Environment.Clock, NullLoggerFactory.Instance, logins, ServerLogins.OpenCredentials(settings, context.Environment, logins));
        ServerTestReport report = await test.RunAsync(server, cancellationToken);
        return report.Succeeded
            ?
            [
                .. report.Tools.Tools.Select(tool => new ToolDefinition(tool.Id.Name, tool.Description, tool.InputSchema)),
                .. report.Tools.Quarantined.Select(tool => new ToolDefinition(tool.Id.Name, null, null) { Quarantine = tool.Reason }),
            ]
            : throw new VerbException(ExitCode.Failed, $"The server '{server.Id}' lists no tools: {report.Error} {report.Cure}");
    }
}
