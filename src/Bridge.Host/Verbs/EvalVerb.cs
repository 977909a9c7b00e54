using System.Collections.Immutable;
using System.CommandLine;
using Bridge.Configuration;
using Bridge.Evaluation.Calibrating;
using Bridge.Evaluation.Reports;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Running;
using Bridge.Evaluation.Summaries;
using Bridge.Evaluation.Traffic;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Pipeline;
using Bridge.Profiles;
using Bridge.Proposing;
using Bridge.Shortlisting;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge eval</c>: how well a tool caller chooses tools, on recorded prompts.</summary>
internal static class EvalVerb
{
    private static readonly Argument<string[]> s_paths = new("FILE|FOLDER")
    {
        Description = "Files of records, and folders of them: JSON Lines (.jsonl, .jsonl.gz), or the files of ACEBench, MetaTool or LiveMCPBench; a folder of tools.jsonl and queries*.jsonl measures the shortlister.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> s_caller = new("--caller") { Description = "The tool caller to measure, such as 'embedded' or 'ollama/qwen3:0.6b'. Default: the first of Bridge:Callers.", HelpName = "MODEL" };

    private static readonly Option<string?> s_out = new("--out") { Description = "A file that gets every prediction as it is made; what it holds already is not asked again. With --from-traffic, the file that gets the records.", HelpName = "FILE" };

    private static readonly Option<string?> s_report = new("--report") { Description = "Write what it came to as one HTML page that needs nothing else.", HelpName = "FILE" };

    private static readonly Option<int> s_parallel = new("--parallel") { Description = "How many records are asked at once. Default: 1.", HelpName = "N", DefaultValueFactory = _ => 1 };

    private static readonly Option<int> s_limit = new("--limit") { Description = "Ask so many records at the most, spread evenly over all.", HelpName = "N" };

    private static readonly Option<bool> s_calibrate = new("--calibrate") { Description = "Ask without thresholds, and learn from the answers what thresholds the caller had better have." };

    private static readonly Option<double> s_cost = new("--wrong-call-cost") { Description = "What a wrong call of a tool that may change something costs, in right answers. Default: 4.", HelpName = "N", DefaultValueFactory = _ => CallerAdvice.UsualCost };

    private static readonly Option<bool> s_write = new("--write") { Description = "With --calibrate: write the thresholds into the caller's profile in models.json." };

    private static readonly Option<bool> s_strict = new("--strict") { Description = "End with exit code 1 when a line was left out." };

    private static readonly Option<bool> s_traffic = new("--from-traffic") { Description = "Ask nobody; write records of the prompts that Bridge:Learning:Record kept and whose calls succeeded." };

    private static readonly Option<string?> s_since = KeptTraffic.Since();

    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("eval", "Measure how well a tool caller chooses tools, on recorded prompts; nothing is executed.")
        {
            Examples =
            [
                ("bridge eval records.jsonl", "the scores of the configured caller, by category"),
                ("bridge eval records/ --caller ollama/qwen3:0.6b --out qwen3.jsonl", "another caller; the same command continues after Ctrl+C"),
                ("bridge eval records/ --report scores.html", "the scores, the confidence and every wrong answer as a page"),
                ("bridge eval records/ --calibrate --write", "learns the caller's thresholds and writes them into its profile"),
                ("bridge eval records/ --json", "the scores for a program"),
                ("bridge eval --from-traffic --since 30d --out mine.jsonl", "makes records of what was asked and called in 30 days"),
            ],
        };
        s_parallel.Validators.Add(result =>
        {
            if (!result.Errors.Any() && result.GetValueOrDefault<int>() is < 1 or > 1024)
            {
                result.AddError("'--parallel' must be from 1 to 1024.");
            }
        });
        s_cost.Validators.Add(result =>
        {
            if (!result.Errors.Any() && !(result.GetValueOrDefault<double>() is >= 0 and <= 1000))
            {
                result.AddError("'--wrong-call-cost' must be from 0 to 1000.");
            }
        });
        verb.Validators.Add(result =>
        {
            if (result.GetValue(s_write) && !result.GetValue(s_calibrate))
            {
                result.AddError("'--write' goes with '--calibrate'.");
            }

            bool traffic = result.GetValue(s_traffic);
            if (traffic == result.GetValue(s_paths)!.Length > 0)
            {
                result.AddError(traffic ? "'--from-traffic' makes records and takes none: leave the files out." : "Name a file or folder of records, or '--from-traffic'.");
            }

            if (!traffic && result.GetValue(s_since) is not null)
            {
                result.AddError("'--since' goes with '--from-traffic'.");
            }
        });
        verb.Add(s_paths);
        foreach (Option option in (Option[])[s_caller, s_out, s_report, s_parallel, s_limit, s_calibrate, s_cost, s_write, s_strict, s_traffic, s_since])
        {
            verb.Add(option);
        }

        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        if (context.Parsed.GetValue(s_traffic))
        {
            TrafficRecords records = await KeptTraffic.ReadAsync(context, PastTime.Of(context, s_since), cancellationToken);
            await KeptTraffic.WriteAsync(context, records, context.Parsed.GetValue(s_out));
            return context.Parsed.GetValue(s_strict) && !records.Contradictions.IsEmpty ? ExitCode.Failed : ExitCode.Ok;
        }

        EvalInput input = await EvalInput.ReadAsync(context, context.Parsed.GetValue(s_paths)!, context.Parsed.GetValue(s_limit), cancellationToken);
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        await new TrustGate(context.Environment).PassAsync(settings, cancellationToken);
        await using ServiceProvider services = new ServiceCollection().AddAll(settings, context.Environment, ServerChoice.Nothing).BuildServiceProvider();
        EvalResult result = await MeasureAsync(context, input, services, cancellationToken);
        foreach (RetrievalSet set in input.Retrieval)
        {
            result = await MeasureAsync(context, result, set, services.GetRequiredService<IShortlister>(), cancellationToken);
        }

        Write(context, result);
        if (context.Parsed.GetValue(s_write) && result.Advice is { } advice)
        {
            await new ProfileWriter(context, settings).WriteAsync(ModelName.Parse(advice.Caller), ProfileWriter.ThresholdsOf(advice));
        }

        return context.Parsed.GetValue(s_strict) && !result.Problems.IsEmpty ? ExitCode.Failed : ExitCode.Ok;
    }

    private static async Task<EvalResult> MeasureAsync(VerbContext context, EvalInput input, ServiceProvider services, CancellationToken cancellationToken)
    {
        if (input.Set.Records.IsEmpty)
        {
            return new EvalResult(null, input.Problems);
        }

        string caller = CallerOf(context, services.GetRequiredService<CallerCascade>());
        var run = new EvalRun(context, input.Set, caller)
        {
            Out = context.Parsed.GetValue(s_out),
            Parallel = context.Parsed.GetValue(s_parallel),
        };
        bool calibrate = context.Parsed.GetValue(s_calibrate);
        var runner = new EvalRunner(services.GetRequiredService<ToolProposer>(), caller) { IgnoreThresholds = calibrate };
        EvalAnswers answers = await run.AskAsync(runner, cancellationToken);
        return new EvalResult(EvalSummary.Of(caller, input.Set.Records.Length, answers.All), input.Problems)
        {
            Kept = answers.Kept,
            Advice = calibrate ? CallerAdvice.Learn(caller, answers.All, context.Parsed.GetValue(s_cost)) : null,
            Cost = context.Parsed.GetValue(s_cost),
        };
    }

    private static async Task<EvalResult> MeasureAsync(VerbContext context, EvalResult result, RetrievalSet set, IShortlister shortlister, CancellationToken cancellationToken)
    {
        using var bar = new EvalBar(context.Environment, set.Queries.Length, 0);
        (ImmutableArray<RetrievalScore> scores, Latency? picking) = await RetrievalScore.MeasureAsync(set, shortlister, bar.Step, cancellationToken);
        HashSet<string> kinds = [.. result.Retrieval.Select(score => score.Kind)];
        return result with
        {
            Retrieval = [.. result.Retrieval, .. scores.Select(score => kinds.Contains(score.Kind) ? score with { Kind = $"{score.Kind}, {set.Tools.Length} tools" } : score)],
            Picking = picking,
        };
    }

    private static void Write(VerbContext context, EvalResult result)
    {
        if (context.Json)
        {
            JsonText.Write(context.Output, EvalJson.Of(result));
        }
        else
        {
            new EvalOutput(context.Output).Write(result);
        }

        if (context.Parsed.GetValue(s_report) is { } report)
        {
            try
            {
                ConfigFileWriter.Write(Path.Combine(context.Environment.CurrentFolder, report), HtmlReport.Write(result.Summary, result.Problems, result.Retrieval));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new VerbException(ExitCode.Failed, $"The report cannot be written: {error.Message}");
            }
        }
    }

    private static string CallerOf(VerbContext context, CallerCascade cascade)
    {
        string caller = context.Parsed.GetValue(s_caller) ?? cascade.Names[0];
        cascade.Resolve(caller, out Outcomes.Reason? problem);
        return problem is null ? caller : throw new VerbException(ExitCode.Usage, problem.Message);
    }
}
