using System.CommandLine;
using System.Text;
using System.Text.Json;
using Bridge.Host.Composition;
using Bridge.Host.Sessions;
using Bridge.Host.Terminal;
using Bridge.Http.Contracts;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models load</c> and <c>bridge models unload</c>: in the running <c>serve</c>, for no other process keeps models.</summary>
internal static class ModelsLoadVerb
{
    private const string Prefix = "llama/";

    public static Command CreateLoad(CommandEnvironment environment) => Create(
        environment,
        new Verb("load", "Load a model into the running 'bridge serve', so that the first prompt need not wait for it.")
        {
            Examples = [("bridge models load qwen", "returns when the model answers")],
        });

    public static Command CreateUnload(CommandEnvironment environment) => Create(
        environment,
        new Verb("unload", "Unload a model from the running 'bridge serve', as soon as what runs on it has ended.")
        {
            Examples = [("bridge models unload qwen", "its memory is free again")],
        });

    private static Verb Create(CommandEnvironment environment, Verb verb)
    {
        var name = new Argument<string>("NAME") { Description = "The model, as 'bridge models list' shows it." };
        verb.Add(name);
        verb.Runs(environment, (context, cancellationToken) => RunAsync(context, verb.Name, context.Parsed.GetRequiredValue(name), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, string action, string name, CancellationToken cancellationToken)
    {
        BridgeSettings settings = SettingsLoader.Load(context.Settings, context.Environment);
        HttpClient? found = context.Standalone ? null : await new SessionFactory(context.Environment, context.Verbose).FindServeAsync(settings, cancellationToken);
        if (found is null)
        {
            const string Why = "No 'bridge serve' runs for this configuration, and only a running one keeps models loaded";
            return action == "load"
                ? throw new VerbException(ExitCode.Usage, $"{Why}: start it with 'bridge serve'. 'bridge ask' loads what it needs by itself.")
                : await SayAsync(context, $"{Why}: there is nothing to unload.");
        }

        using HttpClient client = found;
        ModelContract model = await ChangeAsync(client, action, name.StartsWith(Prefix, StringComparison.Ordinal) ? name : Prefix + name, cancellationToken);
        await context.Output.WriteLineAsync(context.Json
            ? JsonSerializer.Serialize(model, BridgeJsonContext.Readable.ModelContract)
            : $"{model.Id} is {(action == "load" ? "loaded" : "unloaded")}: {model.Architecture} {model.Size} {model.Quantisation}");
        return ExitCode.Ok;
    }

    private static async Task<ModelContract> ChangeAsync(HttpClient client, string action, string id, CancellationToken cancellationToken)
    {
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.PostAsync(
            new Uri($"/v1/models/{Uri.EscapeDataString(id)}/{action}", UriKind.Relative), body, cancellationToken);
        return await ServeAnswer.ReadAsync(response, BridgeJsonContext.Default.ModelContract, client.BaseAddress!, "", cancellationToken);
    }

    private static async Task<int> SayAsync(VerbContext context, string text)
    {
        await context.Error.WriteLineAsync(text);
        return ExitCode.Ok;
    }
}
