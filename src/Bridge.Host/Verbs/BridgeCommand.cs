using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Bridge.Configuration;
using Bridge.Host.Terminal;

namespace Bridge.Host.Verbs;

/// <summary>The command <c>bridge</c> with all its verbs.</summary>
internal static class BridgeCommand
{
    /// <summary>Runs one command line.</summary>
    /// <param name="arguments">The words behind <c>bridge</c>.</param>
    /// <param name="environment">The process it runs in.</param>
    /// <param name="cancellationToken">Cancelled by Ctrl+C.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        RootCommand root = Create(environment);
        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            return ReportErrors(parsed, environment.Error);
        }

        var invocation = new InvocationConfiguration
        {
            Output = environment.Output,
            Error = environment.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Program listens itself
        };
        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    /// <summary>Makes the command.</summary>
    /// <param name="environment">The process it runs in.</param>
    /// <returns>The command with its verbs.</returns>
    public static RootCommand Create(CommandEnvironment environment)
    {
        var root = new RootCommand("Bridge: a small model chooses the tool, Bridge guarantees that the call is valid and runs it, any other model answers.");
        foreach (Option option in GlobalOptions.All)
        {
            root.Add(option);
        }

        foreach (Command verb in Verbs(environment))
        {
            root.Add(verb);
        }

        var help = new ExampleHelp();
        root.Options.OfType<HelpOption>().Single().Action = help;
        root.SetAction(parsed => help.Invoke(parsed));
        return root;
    }

    private static IEnumerable<Command> Verbs(CommandEnvironment environment) =>
    [
        AskVerb.Create(environment),
        ToolsVerb.Create(environment),
        CallVerb.Create(environment),
        ServersVerb.Create(environment),
        ModelsVerb.Create(environment),
        BenchVerb.Create(environment),
        EvalVerb.Create(environment),
        TrainVerb.Create(environment),
        ServeVerb.Create(environment),
        McpVerb.Create(environment),
        DoctorVerb.Create(environment),
        InitVerb.Create(environment),
        TrustVerb.Create(environment),
        KeysVerb.Create(environment),
        AuditVerb.Create(environment),
        SampleServerVerb.Create(),
        LlamaWorkerVerb.Create(),
        CompletionVerb.Create(environment),
    ];

    private static int ReportErrors(ParseResult parsed, TextWriter error)
    {
        foreach (ParseError problem in parsed.Errors)
        {
            error.WriteLine(problem.Message);
        }

        Command command = parsed.CommandResult.Command;
        foreach (string token in parsed.UnmatchedTokens)
        {
            IEnumerable<string> known = token.StartsWith('-')
                ? command.Options.Concat(GlobalOptions.All).Select(option => option.Name)
                : command.Subcommands.Select(verb => verb.Name);
            if (ConfigFileKeys.NearMiss(token, known) is { } meant)
            {
                error.WriteLine($"Did you mean '{meant}'?");
            }
        }

        string path = string.Join(' ', PathOf(parsed.CommandResult));
        error.WriteLine($"'{path} --help' shows what is allowed.");
        return ExitCode.Usage;
    }

    private static IEnumerable<string> PathOf(CommandResult result)
    {
        IEnumerable<string> parents = result.Parent is CommandResult parent ? PathOf(parent) : [];
        return parents.Append(result.Parent is null ? "bridge" : result.Command.Name);
    }
}
