using System.CommandLine;
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

    private static readonly Argument<string> s_folder = new("FOLDER")
    {
        Description = "A folder that holds 'eval/bfcl-dev', 'eval/retrieval' and 'train', in the form that docs/training.md shows.",
    };

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
            ],
        };
        verb.Add(s_folder);
        foreach (Option option in (Option[])[s_out, s_only, s_dialogues, s_quick])
        {
            verb.Add(option);
        }

        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(context.Environment.CurrentFolder, context.Parsed.GetValue(s_folder)!);
        string output = Path.Combine(context.Environment.CurrentFolder, context.Parsed.GetValue(s_out)!);
        string? only = context.Parsed.GetValue(s_only);
        using var line = new ProgressLine(context.Environment);
        try
        {
            Directory.CreateDirectory(output);
            ExtractorReport? extractor = only == "ranker" ? null : await TrainExtractorAsync(context, folder, Path.Combine(output, ExtractorFile), line, cancellationToken);
            RankerReport? ranker = only == "extractor" ? null : RankerTraining.Train(folder, Path.Combine(output, RankerFile), line, cancellationToken);
            line.Clear();
            TrainOutput.Write(context.Output, context.Json, extractor, ranker);
            return ExitCode.Ok;
        }
        catch (Exception error) when (error is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }

    // A training that is cut off leaves the file of before.
    private static async Task<ExtractorReport> TrainExtractorAsync(VerbContext context, string folder, string file, ProgressLine line, CancellationToken cancellationToken)
    {
        var plan = new ExtractorPlan(folder) { Dialogues = context.Parsed.GetValue(s_dialogues), CrossValidate = !context.Parsed.GetValue(s_quick) };
        using var weights = new MemoryStream();
        ExtractorReport report = await ExtractorTraining.TrainAsync(plan, weights, line, cancellationToken);
        await File.WriteAllBytesAsync(file, weights.ToArray(), cancellationToken);
        return report;
    }

    private static Option<string?> Only()
    {
        var option = new Option<string?>("--only") { Description = "Train one of them.", HelpName = "extractor|ranker" };
        option.AcceptOnlyFromAmong("extractor", "ranker");
        return option;
    }
}
