using Bridge.Configuration;
using Bridge.Llama.Gguf;
using Bridge.Llama.Inference;
using Bridge.Llama.Jinja;
using Bridge.Llama.Runtimes;
using Bridge.Llama.Templates;

namespace Bridge.Llama.Loading;

/// <summary>Loads models: what could end the process is checked before the library is asked.</summary>
internal static class ModelLoader
{
    /// <summary>Loads a model.</summary>
    /// <param name="name">The name it was asked for by.</param>
    /// <param name="path">Its file.</param>
    /// <param name="options">How it runs.</param>
    /// <param name="dataFolder">Where a runtime may lie; <see langword="null"/> for no such place.</param>
    /// <exception cref="LlamaException">It cannot be used.</exception>
    public static LoadedModel Load(string name, string path, LlamaOptions options, string? dataFolder)
    {
        ModelFacts facts = Read(path);
        ModelOptions how = OptionsOf(options, facts);
        string runtime;
        try
        {
            runtime = LlamaRuntime.Load(RuntimeLocator.Default.Find(options.Runtime, dataFolder)).Folder.Path;
        }
        catch (LlamaRuntimeException error)
        {
            throw new LlamaException(LlamaFault.Failed, error.Message, error);
        }

        EnsureFits(facts, how);
        var model = LlamaModel.Load(path, how.GpuLayers);
        try
        {
            var template = ChatTemplate.Parse(facts.Tokenizer.ChatTemplate ?? ChatTemplate.ForModelsWithoutOne, TextsOf(model));
            var engine = new LlamaEngine(LlamaContext.Create(model, how), how, name, model.CanForget, PrefixPlace.Open(path, runtime, options.PrefixFileBytes, dataFolder));
            return new LoadedModel(name, facts, model, engine, template);
        }
        catch (Exception error)
        {
            model.Dispose();
            throw error is TemplateException ? new LlamaException(LlamaFault.BadModel, $"The chat template of '{path}' cannot be used: {error.Message}", error) : error;
        }
    }

    private static ModelFacts Read(string path)
    {
        try
        {
            return ModelFacts.Read(path);
        }
        catch (Exception error) when (error is GgufException or IOException or UnauthorizedAccessException)
        {
            throw new LlamaException(LlamaFault.BadModel, $"The model '{path}' cannot be used: {error.Message}", error);
        }
    }

    private static ModelOptions OptionsOf(LlamaOptions options, ModelFacts facts) => new()
    {
        GpuLayers = options.GpuLayers,
        ContextTokens = facts.ContextLength > 0 ? (int)Math.Min(options.ContextTokens, facts.ContextLength) : options.ContextTokens,
        Sequences = options.Sequences,
        QueueLength = options.QueueLength,
        Threads = options.Threads,
    };

    private static void EnsureFits(ModelFacts facts, ModelOptions options)
    {
        long available = RuntimeMemory.Of(LlamaRuntime.ReadDevices(), options.GpuLayers).FreeBytes;
        MemoryFit fit = MemoryFit.Of(facts, new MemoryPlan(options.ContextTokens) { Batch = options.BatchTokens, Outputs = options.BatchOutputs }, available);
        if (!fit.Fits)
        {
            throw new LlamaException(LlamaFault.OutOfMemory, fit.Sentence);
        }
    }

    private static ControlTexts TextsOf(LlamaModel model)
    {
        string Text(int token) => token >= 0 ? model.Vocabulary.Show([token]) : "";
        return new ControlTexts(Text(model.Tokenizer.Begin), Text(model.Tokenizer.End));
    }
}
