using Bridge.Host.Composition;
using Bridge.Host.Output;
using Bridge.Host.Terminal;
using Bridge.Llama.Bench;
using Bridge.Llama.Store;
using Bridge.Llama.Synthesis;

namespace Bridge.Host.Verbs;

/// <summary>The models that <c>bridge bench</c> measures.</summary>
internal static class BenchModels
{
    /// <summary>Makes models of random weights, one when the one before has been measured.</summary>
    public static IEnumerable<(string Name, string Path)> Make(IReadOnlyList<ModelShape> shapes, IReadOnlyList<GgufTensorType> types, BenchPlan plan, ProgressLine progress)
    {
        string[] texts = [.. plan.References.SelectMany(call => new[] { call.Question, call.Tool.Description, call.Tool.InputSchema.GetRawText(), call.Arguments.GetRawText() }).OfType<string>()];
        foreach (ModelShape shape in shapes)
        {
            foreach (GgufTensorType type in types)
            {
                progress.Show($"making a model of the shape of {shape.Name}, {type}_0 …");
                yield return ($"{shape.Name} {type}_0, random weights", ShapedModel.File(shape, type, texts));
            }
        }
    }

    /// <summary>Finds a model of the store, or a file.</summary>
    public static async Task<string> FindAsync(string name, VerbContext context, BridgeSettings settings, CancellationToken cancellationToken)
    {
        string file = Path.Combine(context.Environment.CurrentFolder, name);
        if (name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase))
        {
            return File.Exists(file) ? file : throw new VerbException(ExitCode.Usage, $"There is no file '{file}'.");
        }

        try
        {
            using ModelStore store = ModelStoreRunner.Open(settings, context.Environment);
            return (await store.FindAsync(name, cancellationToken)).Path;
        }
        catch (ModelStoreException error)
        {
            throw new VerbException(ExitCode.Usage, error.Message);
        }
    }
}
