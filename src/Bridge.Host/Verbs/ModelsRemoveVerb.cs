using System.CommandLine;
using Bridge.Host.Terminal;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;

namespace Bridge.Host.Verbs;

/// <summary><c>bridge models remove</c>.</summary>
internal static class ModelsRemoveVerb
{
    public static Command Create(CommandEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The model, as 'bridge models list' shows it." };
        var verb = new Verb("remove", "Remove a model: fetched files are deleted, files that were pointed to stay.")
        {
            Examples = [("bridge models remove qwen", "forgets it")],
        };
        verb.Add(name);
        verb.RunsOnModels(environment, (context, store, cancellationToken) => RunAsync(context, store, context.Parsed.GetRequiredValue(name), cancellationToken));
        return verb;
    }

    private static async Task<int> RunAsync(VerbContext context, ModelStore store, string name, CancellationToken cancellationToken)
    {
        long? freed = await store.RemoveAsync(name, cancellationToken);
        await context.Output.WriteLineAsync(freed is { } bytes
            ? $"Removed '{name}'; {ByteSize.Text(bytes)} are free again."
            : $"Removed '{name}'; its files stay where they are.");
        return ExitCode.Ok;
    }
}
