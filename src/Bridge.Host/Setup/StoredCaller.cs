using Bridge.Configuration;
using Bridge.Host.Composition;
using Bridge.Host.Terminal;
using Bridge.Llama.Downloads;
using Bridge.Llama.Gguf;
using Bridge.Llama.Store;
using Bridge.Llama.Templates;
using Bridge.Storage;

namespace Bridge.Host.Setup;

/// <summary>The model of the store that is to choose tools on this machine, or why none is.</summary>
/// <param name="Caller">Its name, <c>llama/NAME</c>; <see langword="null"/> when there is none that runs here.</param>
/// <param name="Message">What was found; empty when the store holds no model.</param>
internal sealed record StoredCaller(string? Caller, string Message)
{
    /// <summary>Looks for the best: what was measured before what was not, what writes calls before what does not, then the largest that fits into memory.</summary>
    /// <param name="dataFolder">The data folder.</param>
    /// <param name="environment">The process.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>What was found.</returns>
    public static async Task<StoredCaller> FindAsync(string dataFolder, CommandEnvironment environment, CancellationToken cancellationToken)
    {
        var options = new LlamaOptions();
        try
        {
            using var store = new ModelStore(DataFolder.Open(dataFolder), ModelStoreOptions.From(environment.Variable), environment.Clock);
            (ModelRecord Model, ModelFacts Facts)[] models = [.. (await store.ListAsync(cancellationToken)).SelectMany(Read)];
            return models.Length == 0 ? new StoredCaller(null, "") : Choose(models, EngineMemory.Find(options, dataFolder), options);
        }
        catch (Exception error) when (error is ModelStoreException or ModelSourceException or DataFolderException)
        {
            return new StoredCaller(null, $"The models of this machine cannot be looked at: {error.Message}");
        }
    }

    private static StoredCaller Choose((ModelRecord Model, ModelFacts Facts)[] models, EngineMemory engine, LlamaOptions options)
    {
        if (!engine.IsInstalled)
        {
            return new StoredCaller(null, $"There are models on this machine ({string.Join(", ", models.Select(pair => pair.Model.Name))}), and nothing to run them. {engine.Where}");
        }

        (ModelRecord Model, ModelFacts Facts)[] fitting =
            [.. models.Where(pair => MemoryFit.Of(pair.Facts, new MemoryPlan(Math.Min(pair.Facts.ContextLength, options.ContextTokens)), engine.FreeBytes).Fits)];
        if (fitting.Length == 0)
        {
            return new StoredCaller(null, $"None of the models on this machine ({string.Join(", ", models.Select(pair => pair.Model.Name))}) fits into the {ByteSize.Text(engine.FreeBytes)} that are free: {engine.Where}.");
        }

        ModelRecord best = fitting
            .OrderBy(pair => MeasuredCallers.RankOf(pair.Model.Name) ?? int.MaxValue)
            .ThenByDescending(pair => TemplateReport.Of(pair.Facts.Tokenizer.ChatTemplate).IsOwnCallForm)
            .ThenByDescending(pair => pair.Facts.WeightBytes)
            .First().Model;
        return new StoredCaller($"llama/{best.Name}", $"This machine has the model '{best.Name}' ({best.Summary.Size}, {best.Summary.Quantisation}), which fits its memory ({engine.Where}).");
    }

    // A file that is gone or broken is no candidate; 'bridge models list' shows it.
    private static IEnumerable<(ModelRecord Model, ModelFacts Facts)> Read(ModelRecord model)
    {
        try
        {
            return [(model, ModelFacts.Read(model.Path))];
        }
        catch (Exception error) when (error is GgufException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
