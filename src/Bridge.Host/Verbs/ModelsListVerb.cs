using System.CommandLine;
using System.Text.Json.Nodes;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Llama.Store;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models list</c>.</summary>
internal static class ModelsListVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var verb = new Verb("list", "List the models of this machine; nothing is loaded.")
        {
            Examples = [("bridge models list --json", "for a program")],
        };
        verb.RunsOnModels(environment, RunAsync);
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, ModelStore store, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelRecord> models = await store.ListAsync(cancellationToken);
        if (context.Json)
        {
            JsonText.Write(context.Output, new JsonObject { ["models"] = new JsonArray([.. models.Select(ModelJson.Of)]) });
            return ExitCode.Ok;
        }

        int width = models.Select(model => model.Name.Length).DefaultIfEmpty(0).Max();
        foreach (ModelRecord model in models)
        {
            await context.Output.WriteLineAsync($"{model.Name.PadRight(width)}  {ModelText.Line(model)}");
        }

        if (models.Count == 0)
        {
            await context.Error.WriteLineAsync("There are no models yet: 'bridge models add hf:ORG/REPO' fetches one, 'bridge models add FILE' points to one.");
        }

        return ExitCode.Ok;
    }
}
