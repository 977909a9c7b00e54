using System.Text;
using Bridge.Llama.Masks;
using Bridge.Llama.Native;
using Bridge.Llama.Tokens;

namespace Bridge.Llama.Inference;

/// <summary>A model in memory: its weights and its vocabulary. Thread-safe.</summary>
internal sealed class LlamaModel : IDisposable
{
    private LlamaModel(ModelHandle handle, string path)
    {
        Handle = handle;
        Path = path;
        Vocabulary = Vocabulary.Read(handle);
        Tokenizer = new Tokenizer(handle);
        Masks = new MaskTable(Vocabulary);
        TrainedContext = LlamaApi.TrainedContext(handle);
        CanForget = !LlamaApi.IsRecurrent(handle) && !LlamaApi.IsHybrid(handle);
    }

    /// <summary>The native model.</summary>
    public ModelHandle Handle { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tokens.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Turns text into tokens.</summary>
    public Tokenizer Tokenizer { get; }

    /// <summary>Which tokens may follow a decoding state.</summary>
    public MaskTable Masks { get; }

    /// <summary>The context the model was trained for, in tokens.</summary>
    public int TrainedContext { get; }

    /// <summary>Whether the end of what was read can be taken back; recurrent models cannot.</summary>
    public bool CanForget { get; }

    /// <summary>Loads a model. The native library must be loaded, and the file should have been checked: the library ends the process over some faults.</summary>
    /// <param name="path">The file.</param>
    /// <param name="gpuLayers">The layers that go to the device; negative for all.</param>
    /// <exception cref="LlamaException">It cannot be loaded.</exception>
    public static LlamaModel Load(string path, int gpuLayers)
    {
        NativeLog.Clear();
        ModelParams options = LlamaApi.DefaultModelParams();
        options.GpuLayers = gpuLayers;
        nint native = LlamaApi.LoadModel(path, options);
        if (native == 0)
        {
            throw new LlamaException(LlamaFault.BadModel, $"The model '{path}' cannot be loaded: {NativeLog.Complaints()}.");
        }

        var handle = new ModelHandle(native);
        try
        {
            return LlamaApi.HasDecoder(handle) && !LlamaApi.HasEncoder(handle)
                ? new LlamaModel(handle, path)
                : throw new LlamaException(LlamaFault.BadModel, $"The model '{path}' is no language model that writes text after text.");
        }
        catch (Exception error)
        {
            handle.Dispose();
            if (error is InvalidDataException)
            {
                throw new LlamaException(LlamaFault.BadModel, $"The model '{path}' cannot be used: {error.Message}", error);
            }

            throw;
        }
    }

    /// <summary>The tokens that a text of a template can begin with: one of its own, or one of those that spell it.</summary>
    /// <param name="text">The text, not empty.</param>
    public int[] FirstTokens(string text) =>
        [.. Vocabulary.Trie.PrefixesOf(Encoding.UTF8.GetBytes(text)).Append(Tokenizer.OfTemplate(text)[0]).Distinct()];

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
