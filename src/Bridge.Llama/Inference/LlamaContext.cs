using Bridge.Llama.Native;

namespace Bridge.Llama.Inference;

/// <summary>A context of llama.cpp.</summary>
internal sealed unsafe class LlamaContext : IModelContext
{
    private const int ShortestContext = 64;

    private readonly ContextHandle _handle;
    private readonly nint _memory;
    private readonly int _vocabulary;

    private LlamaContext(ContextHandle handle, int vocabulary, int sequences)
    {
        _handle = handle;
        _memory = LlamaApi.Memory(handle);
        _vocabulary = vocabulary;
        Capacity = (int)LlamaApi.ContextSize(handle);
        Sequences = sequences;
    }

    /// <inheritdoc/>
    public int Capacity { get; }

    /// <inheritdoc/>
    public int Sequences { get; }

    /// <summary>Makes a context.</summary>
    /// <exception cref="LlamaException">There is not enough memory.</exception>
    public static LlamaContext Create(LlamaModel model, ModelOptions options)
    {
        NativeLog.Clear();
        ContextParams native = LlamaApi.DefaultContextParams();
        int tokens = model.TrainedContext > 0 ? Math.Min(options.ContextTokens, model.TrainedContext) : options.ContextTokens;
        if (tokens < ShortestContext)
        {
            throw new LlamaException(LlamaFault.BadModel, $"'{model.Path}' says it was trained for {tokens} tokens: no prompt fits that.");
        }

        native.Context = (uint)tokens;
        native.Batch = (uint)options.BatchTokens;
        native.MicroBatch = (uint)options.BatchTokens;
        int most = (int)LlamaApi.MaxSequences();
        if (options.Sequences > most)
        {
            throw new LlamaException(LlamaFault.Failed, $"llama.cpp runs at most {most} prompts at once, and {options.Sequences} are asked for.");
        }

        native.Sequences = (uint)Math.Min(options.Sequences + options.CachedPrefixes, most);

        // Fewer outputs than sequences end the process.
        native.Outputs = Math.Max((uint)options.BatchOutputs, native.Sequences);
        native.OutputsPerSequence = native.Outputs;
        // The library's threads wait for each other without sleeping: one that another process keeps from running makes all of them wait.
        native.Threads = options.Threads > 0 ? options.Threads : Math.Max(Environment.ProcessorCount - 1, 1);
        native.BatchThreads = native.Threads;
        native.UnifiedCache = 1;
        native.NoTimings = 1;
        nint context = LlamaApi.CreateContext(model.Handle, native);
        return context == 0
            ? throw new LlamaException(LlamaFault.OutOfMemory, $"There is no room for {tokens} tokens of context of '{model.Path}': {NativeLog.Complaints()}. A shorter context needs less.")
            : new LlamaContext(new ContextHandle(context, model.Handle), model.Vocabulary.Count, (int)native.Sequences);
    }

    /// <inheritdoc/>
    public int Decode(TokenBatch batch) => LlamaApi.Decode(_handle, batch.ToNative());

    /// <inheritdoc/>
    public ReadOnlySpan<float> Logits(int index)
    {
        float* logits = LlamaApi.Logits(_handle, index);
        return logits is not null ? new(logits, _vocabulary) : throw new LlamaException(LlamaFault.Failed, $"llama.cpp has no answer after token {index} of the batch.");
    }

    /// <inheritdoc/>
    public void Share(int source, int target, int length) => LlamaApi.CopySequence(_memory, source, target, 0, length);

    /// <inheritdoc/>
    public void Forget(int sequence, int from) => LlamaApi.RemoveFromSequence(_memory, sequence, from, -1);

    /// <inheritdoc/>
    public byte[] Save(int sequence)
    {
        nuint size = LlamaApi.StateSize(_handle, sequence);
        if (size > (nuint)Array.MaxLength)
        {
            return [];
        }

        byte[] state = GC.AllocateUninitializedArray<byte>((int)size);
        fixed (byte* target = state)
        {
            nuint written = LlamaApi.ReadState(_handle, target, (nuint)state.Length, sequence);
            return written == (nuint)state.Length ? state : state[..(int)written];
        }
    }

    /// <inheritdoc/>
    public bool Restore(int sequence, ReadOnlySpan<byte> state, int length)
    {
        fixed (byte* source = state)
        {
            return LlamaApi.WriteState(_handle, source, (nuint)state.Length, sequence) > 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
