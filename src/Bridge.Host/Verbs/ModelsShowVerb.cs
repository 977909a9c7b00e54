using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;
using Bridge.Llama.Templates;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models show</c>.</summary>
internal static class ModelsShowVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The model, as 'bridge models list' shows it." };
        var length = new Option<int?>("--context") { Description = "The context to estimate memory for, in tokens. Default: Bridge:Llama:ContextTokens, or the model's own where that is shorter.", HelpName = "TOKENS" };
        length.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("'--context' must be at least 1.");
            }
        });
        var verify = new Option<bool>("--verify") { Description = "Read the files and compare them with what was recorded." };
        var verb = new Verb("show", "Show what a model's files say, and what running it takes.")
        {
            Examples = [("bridge models show qwen --context 32768", "whether it fits into memory"), ("bridge models show qwen --verify", "exit code 1 when a file is not what it was")],
        };
        verb.Add(name);
        verb.Add(length);
        verb.Add(verify);
        verb.RunsOnModels(environment, async (context, store, cancellationToken) =>
        {
            ModelRecord model = await store.FindAsync(context.Parsed.GetRequiredValue(name), cancellationToken);
            IReadOnlyList<string> faults = context.Parsed.GetValue(verify) ? await ModelStore.VerifyAsync(model, cancellationToken) : [];
            return faults.Count == 0
                ? await ShowAsync(context, model, context.Parsed.GetValue(length))
                : throw new VerbException(ExitCode.Failed, $"{string.Join(Environment.NewLine, faults)}{Environment.NewLine}{Cure(model)}");
        });
        return verb;
    }

    private static async Task<int> ShowAsync(VerbContext context, ModelRecord model, int? length)
    {
        if (!File.Exists(model.Path))
        {
            throw new VerbException(ExitCode.Failed, $"'{model.Path}' is gone. {Cure(model)}");
        }

        ModelFacts facts = ModelFacts.Read(model.Path);
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        MemoryPlan plan = ModelText.Plan(facts, length, settings.Options.Llama);
        var engine = EngineMemory.Find(settings.Options.Llama, settings.DataFolder);
        MemoryFit fit = MemoryFit.Of(facts, plan, engine.FreeBytes);
        if (context.Json)
        {
            JsonObject json = ModelJson.Of(model);
            json["facts"] = ModelJson.Of(facts);
            json["template"] = ModelJson.Of(TemplateReport.Of(facts.Tokenizer.ChatTemplate));
            json["memory"] = ModelJson.Of(MemoryEstimate.Of(facts, plan), plan, fit);
            json["runs_on"] = engine.IsInstalled ? engine.Where : null;
            JsonText.Write(context.Output, json);
            return ExitCode.Ok;
        }

        foreach ((string what, string text) in ModelText.Facts(model, facts, plan))
        {
            await context.Output.WriteLineAsync($"{what,-14}{text}");
        }

        await context.Output.WriteLineAsync($"{"runs on",-14}{(engine.IsInstalled ? engine.Where : $"nothing: {engine.Where}")}");
        await context.Output.WriteLineAsync(fit.Sentence);
        return ExitCode.Ok;
    }

    private static string Cure(ModelRecord model) => model.Downloaded
        ? $"'bridge models add {model.Request} --name {model.Name}' fetches it again."
        : $"Put the file back, or 'bridge models remove {model.Name}'.";
}
