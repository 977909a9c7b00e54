using System.Collections.Immutable;
using System.CommandLine;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Running;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Pipeline;
using Bridge.Proposing;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge eval</c>: how well a tool caller chooses tools, on recorded prompts.</summary>
internal static class EvalVerb
{
    private static readonly Argument<string[]> s_paths = new("FILE|FOLDER")
    {
        Description = "Files of records, JSON Lines (.jsonl, .jsonl.gz), and folders of them.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string?> s_caller = new("--caller") { Description = "The tool caller to measure, such as 'embedded' or 'ollama/qwen3:0.6b'. Default: the first of Bridge:Callers.", HelpName = "MODEL" };

    private static readonly Option<string?> s_out = new("--out") { Description = "A file that gets every prediction as it is made; what it holds already is not asked again.", HelpName = "FILE" };

    private static readonly Option<int> s_parallel = new("--parallel") { Description = "How many records are asked at once. Default: 1.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<bool> s_strict = new("--strict") { Description = "End with exit code 1 when a line was left out." };

    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("eval", "Measure how well a tool caller chooses tools, on recorded prompts; nothing is executed.")
        {
            Examples =
            [
                ("bridge eval records.jsonl", "the scores of the configured caller, by category"),
                ("bridge eval records/ --caller ollama/qwen3:0.6b --out qwen3.jsonl", "another caller; the same command continues after Ctrl+C"),
                ("bridge eval records/ --json", "the scores for a program"),
            ],
        };
        s_parallel.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 1 or > 1024)
            {
                result.AddError("'--parallel' must be from 1 to 1024.");
            }
        });
        verb.Add(s_paths);
        foreach (Option option in (Option[])[s_caller, s_out, s_parallel, s_strict])
        {
            verb.Add(option);
        }

        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        EvalSet set = await ReadAsync(context, cancellationToken);
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await new TrustGate(context.Environment).PassAsync(settings, cancellationToken);
        await using ServiceProvider services = new ServiceCollection().AddAll(settings, context.Environment, ServerChoice.Nothing).BuildServiceProvider();
        string caller = CallerOf(context, services.GetRequiredService<CallerCascade>());
        var run = new EvalRun(context, set, caller)
        {
            Out = context.Parsed.GetValue(s_out),
            Parallel = context.Parsed.GetValue(s_parallel),
        };
        EvalAnswers answers = await run.AskAsync(new EvalRunner(services.GetRequiredService<ToolProposer>(), caller), cancellationToken);
        EvalOutput.Write(context.Output, context.Json, set, caller, answers);
        return context.Parsed.GetValue(s_strict) && !set.Problems.IsEmpty ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<EvalSet> ReadAsync(VerbContext context, CancellationToken cancellationToken)
    {
        try
        {
            ImmutableArray<string> files = EvalFiles.Find(context.Parsed.GetValue(s_paths)!.Select(path => Path.Combine(context.Environment.CurrentFolder, path)));
            EvalSet set = await EvalFiles.ReadAsync(files, cancellationToken);
            foreach (string line in set.Notes.Concat(set.Problems.Select(problem => $"Left out: {problem}")))
            {
                await context.Error.WriteLineAsync(line);
            }

            return set.Records.IsEmpty ? throw new VerbException(ExitCode.Usage, "No line is a record that can be scored; 'docs/evaluation.md' shows the form.") : set;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }

    private static string CallerOf(VerbContext context, CallerCascade cascade)
    {
        string caller = context.Parsed.GetValue(s_caller) ?? cascade.Names[0];
        cascade.Resolve(caller, out Outcomes.Reason? problem);
        return problem is null ? caller : throw new VerbException(ExitCode.Usage, problem.Message);
    }
}
