using System.CommandLine;
using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models add</c>.</summary>
internal static class ModelsAddVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var source = new Argument<string>("SOURCE") { Description = "A GGUF file, a folder of them, an address, or hf:ORG/REPO, with @REVISION and :QUANTISATION or :FILE where one is meant." };
        var name = new Option<string?>("--name") { Description = "What to call it. Default: the file's name.", HelpName = "NAME" };
        var sha256 = new Option<string?>("--sha256") { Description = "The hash its file must have.", HelpName = "HEX" };
        var verb = new Verb("add", "Add a model: a file is pointed to, everything else is fetched. Adding the same again continues and repairs.")
        {
            Examples =
            [
                ("bridge models add ~/models/qwen.gguf --name qwen", "a file that stays where it is"),
                ("bridge models add hf:Qwen/Qwen2.5-0.5B-Instruct-GGUF", "the quantisation that fits most machines"),
                ("bridge models add https://example.com/model.gguf", "fetched; its hash is recorded and checked from then on"),
            ],
        };
        verb.Add(source);
        verb.Add(name);
        verb.Add(sha256);
        verb.RunsOnModels(environment, (context, store, cancellationToken) =>
        {
            var addition = new ModelAddition(context.Parsed.GetRequiredValue(source))
            {
                Name = context.Parsed.GetValue(name),
                Sha256 = context.Parsed.GetValue(sha256),
                CurrentFolder = environment.CurrentFolder,
            };
            return RunAsync(context, store, addition, cancellationToken);
        });
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, ModelStore store, ModelAddition addition, CancellationToken cancellationToken)
    {
        AddedModels added = await DownloadBar.RunAsync(
            context.Environment, progress => store.AddAsync(addition, progress, cancellationToken));
        if (context.Json)
        {
            JsonText.Write(context.Output, ModelJson.Of(added));
        }
        else
        {
            foreach (ModelRecord model in added.Models)
            {
                await context.Output.WriteLineAsync($"Added '{model.Name}': {ModelText.Line(model)}");
            }
        }

        foreach (SkippedFile file in added.Skipped)
        {
            await context.Error.WriteLineAsync($"'{file.Path}' was not added: {file.Reason}");
        }

        foreach (ModelRecord model in added.Models)
        {
            await WarnAsync(context, model);
        }

        return added.Models.Count > 0 ? ExitCode.Ok : ExitCode.Failed;
    }

    private static async Task WarnAsync(VerbContext context, ModelRecord model)
    {
        ModelFacts facts = ModelFacts.Read(model.Path);
        LlamaOptions options = SettingsLoader.Load(context.Settings, context.Environment).Options.Llama;
        MemoryFit fit = MemoryFit.Of(facts, ModelText.Plan(facts, context: null, options), FreeMemory.Bytes());
        if (!fit.Fits)
        {
            await context.Error.WriteLineAsync($"'{model.Name}' does not fit now. {fit.Sentence}");
        }
    }
}
