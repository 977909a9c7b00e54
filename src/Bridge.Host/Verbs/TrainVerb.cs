using System.CommandLine;
using Bridge.Evaluation.Traffic;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Training.Extractors;
using Bridge.Training.Ranking;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge train</c>: trains what Bridge ships, and says how well it does.</summary>
internal static class TrainVerb
{
    private const string ExtractorFile = "extractor.bin";
    private const string RankerFile = "ranker.json";

    private static readonly Argument<string[]> s_paths = new("FILE|FOLDER")
    {
        Description = "A folder that holds 'eval/bfcl-dev', 'eval/retrieval' and 'train', in the form that docs/training.md shows; and files and folders of your own records, in the form that docs/evaluation.md shows.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<bool> s_traffic = new("--from-traffic") { Description = "Learn from the prompts that Bridge:Learning:Record kept and whose calls succeeded." };

    private static readonly Option<string?> s_since = KeptTraffic.Since();

    private static readonly Option<string> s_out = new("--out") { Description = "The folder that gets the weights. Default: the current one.", HelpName = "FOLDER", DefaultValueFactory = _ => "." };

    private static readonly Option<string?> s_only = Only();

    private static readonly Option<bool> s_dialogues = new("--dialogues") { Description = "Learn from Schema-Guided Dialogue as well, whose licence is share-alike." };

    private static readonly Option<bool> s_quick = new("--no-cross-validation") { Description = "Do not measure the tool caller on records it was not trained on, which takes most of the time." };

    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("train", "Train the embedded tool caller and the ranker of tools, and measure them.")
        {
            Examples =
            [
                ("bridge train data --out weights", "trains both, measures both by cross-validation, writes extractor.bin and ranker.json"),
                ("bridge train data --only extractor --json", "the scores for a program"),
                ("bridge train --from-traffic --out weights", "learns on from what ships, by what was asked and called here"),
                ("bridge train data mine.jsonl --out weights", "learns all anew, from public data and your own records"),
            ],
        };
        verb.Validators.Add(result =>
        {
            if (!result.GetValue(s_traffic) && result.GetValue(s_paths)!.Length == 0)
            {
                result.AddError("Name a folder of data, files of your own records, or '--from-traffic'.");
            }

            if (!result.GetValue(s_traffic) && result.GetValue(s_since) is not null)
            {
                result.AddError("'--since' goes with '--from-traffic'.");
            }
        });
        verb.Add(s_paths);
        foreach (Option option in (Option[])[s_out, s_only, s_dialogues, s_quick, s_traffic, s_since])
        {
            verb.Add(option);
        }

        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        string output = Path.Combine(context.Environment.CurrentFolder, context.Parsed.GetValue(s_out)!);
        string? only = context.Parsed.GetValue(s_only);
        TrafficRecords? traffic = context.Parsed.GetValue(s_traffic) ? await KeptTraffic.ReadAsync(context, PastTime.Of(context, s_since), cancellationToken) : null;
        using var line = new ProgressLine(context.Environment);
        try
        {
            TrainInput input = await TrainInput.ReadAsync(context, context.Parsed.GetValue(s_paths)!, traffic, cancellationToken);
            RequireWork(input, only, context.Parsed.GetValue(s_dialogues));
            Directory.CreateDirectory(output);
            ExtractorReport? extractor = only == "ranker" ? null : await TrainExtractorAsync(context, input, Path.Combine(output, ExtractorFile), line, cancellationToken);
            RankerReport? ranker = only == "extractor" || input.Folder is null ? null : RankerTraining.Train(input.Folder, Path.Combine(output, RankerFile), input.Own, line, cancellationToken);
            line.Clear();
            TrainOutput.Write(context.Output, context.Json, extractor, ranker);
            if (input.Folder is null)
            {
                await context.Error.WriteLineAsync("The tool caller learned on from the weights that ship; the ranker of tools learns with the public data alone, so the one that ships stays.");
            }

            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }

    // A training that is cut off leaves the file of before.
    private static async Task<ExtractorReport> TrainExtractorAsync(VerbContext context, TrainInput input, string file, ProgressLine line, CancellationToken cancellationToken)
    {
        var plan = new ExtractorPlan(input.Folder) { Own = input.Own, Dialogues = context.Parsed.GetValue(s_dialogues), CrossValidate = !context.Parsed.GetValue(s_quick) };
        using var weights = new MemoryStream();
        ExtractorReport report = await ExtractorTraining.TrainAsync(plan, weights, line, cancellationToken);
        await File.WriteAllBytesAsync(file, weights.ToArray(), cancellationToken);
        return report;
    }

    private static void RequireWork(TrainInput input, string? only, bool dialogues)
    {
        if (dialogues && input.Folder is null)
        {
            throw new VerbException(ExitCode.Usage, "The dialogues lie with the public data: name their folder too, or leave '--dialogues' out.");
        }

        if (only == "ranker" && input.Folder is null)
        {
            throw new VerbException(ExitCode.Usage, "The ranker of tools learns with the public data: name their folder too, or leave '--only ranker' out.");
        }
    }

    private static Option<string?> Only()
    {
        var option = new Option<string?>("--only") { Description = "Train one of them.", HelpName = "extractor|ranker" };
        option.AcceptOnlyFromAmong("extractor", "ranker");
        return option;
    }
}
