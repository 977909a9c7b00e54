using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Evaluation.Calibrating;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Running;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Profiles;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models advise</c>: which tool caller, and how to treat it, by what evaluations showed.</summary>
internal static class ModelsAdviseVerb
{
    private static readonly Argument<string[]> s_files = new("PREDICTIONS")
    {
        Description = "Files that 'bridge eval --calibrate --out' wrote, of one caller or of several.",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly Option<string[]> s_records = new("--records") { Description = "The records that were asked: files and folders.", HelpName = "FILE|FOLDER", Required = true, AllowMultipleArgumentsPerToken = true };

    private static readonly Option<double> s_cost = new("--wrong-call-cost") { Description = "What a wrong call of a tool that may change something costs, in right answers. Default: 4.", HelpName = "N", DefaultValueFactory = _ => CallerAdvice.UsualCost };

    private static readonly Option<bool> s_write = new("--write") { Description = "Write what was learnt into the callers' profiles in models.json." };

    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("advise", "Say by evaluations which tool caller does best, and with what thresholds and attempts.")
        {
            Examples =
            [
                ("bridge models advise embedded.jsonl qwen3.jsonl --records records/", "compares two callers"),
                ("bridge models advise qwen3.jsonl --records records/ --write", "writes thresholds, attempts and temperatures into its profile"),
            ],
        };
        verb.Add(s_files);
        foreach (Option option in (Option[])[s_records, s_cost, s_write])
        {
            verb.Add(option);
        }

        verb.Runs(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, CancellationToken cancellationToken)
    {
        EvalInput input = await EvalInput.ReadAsync(context, context.Parsed.GetValue(s_records)!, 0, cancellationToken);
        double cost = context.Parsed.GetValue(s_cost);
        CallerAdvice[] advice =
        [
            .. (await PredictionsAsync(context, cancellationToken))
                .GroupBy(prediction => prediction.Caller!, StringComparer.Ordinal)
                .Select(made => CallerAdvice.Learn(made.Key, new EvalAnswers(input.Set.Records, made).All, cost))
                .Where(learnt => learnt.Answers > 0)
                .OrderByDescending(learnt => learnt.Accuracy).ThenBy(learnt => learnt.Milliseconds ?? double.MaxValue),
        ];
        if (advice.Length == 0)
        {
            throw new VerbException(ExitCode.Usage, "None of the predictions is for one of the records.");
        }

        Write(context, advice, cost);
        if (context.Parsed.GetValue(s_write))
        {
            BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
            await new TrustGate(context.Environment).PassAsync(settings, cancellationToken);
            foreach (CallerAdvice learnt in advice)
            {
                await new ProfileWriter(context, settings).WriteAsync(ModelName.Parse(learnt.Caller), ProfileWriter.AllOf(learnt));
            }
        }

        return ExitCode.Ok;
    }

    private static void Write(VerbContext context, CallerAdvice[] advice, double cost)
    {
        if (context.Json)
        {
            JsonText.Write(context.Output, new JsonObject
            {
                ["recommended"] = advice[0].Caller,
                ["callers"] = new JsonArray([.. advice.Select(learnt => AdviceText.Json(learnt, cost))]),
            });
            return;
        }

        foreach (CallerAdvice learnt in advice)
        {
            AdviceText.WriteCaller(context.Output, learnt, cost);
        }

        context.Output.WriteLine($"Recommended: \"Callers\": [\"{advice[0].Caller}\"]{(advice.Length > 1 ? ", by the share of right answers and then by time" : "")}.");
    }

    private static async Task<List<Prediction>> PredictionsAsync(VerbContext context, CancellationToken cancellationToken)
    {
        var predictions = new List<Prediction>();
        foreach (string file in context.Parsed.GetValue(s_files)!)
        {
            string[] lines;
            try
            {
                lines = await File.ReadAllLinesAsync(Path.Combine(context.Environment.CurrentFolder, file), cancellationToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new VerbException(ExitCode.Usage, error.Message);
            }

            for (int i = 0; i < lines.Length; i++)
            {
                if (PredictionJson.TryRead(lines[i]) is { Caller: not null } prediction)
                {
                    predictions.Add(prediction);
                }
                else if (!string.IsNullOrWhiteSpace(lines[i]))
                {
                    await context.Error.WriteLineAsync($"Left out: {file}, line {i + 1} is no prediction of a caller.");
                }
            }
        }

        return predictions;
    }
}
