namespace Bridge.Llama.Gguf;

/// <summary>What running a model takes, in bytes.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="Cache">The keys and values of the whole context.</param>
/// <param name="Compute">What is in use while a batch is computed.</param>
/// <remarks>
/// The cache is what llama.cpp reserves for full attention; windows and recurrent layers take less than it says. The buffer is
/// an upper bound that follows what llama.cpp reserves with flash attention, its default.
/// </remarks>
public sealed record MemoryEstimate(long Weights, long Cache, long Compute)
{
    // llama.cpp rounds contexts up to this.
    private const int ContextStep = 256;

    /// <summary>All of it.</summary>
    public long Total => Weights + Cache + Compute;

    /// <summary>Estimates.</summary>
    /// <param name="facts">The model.</param>
    /// <param name="plan">How it shall run.</param>
    public static MemoryEstimate Of(ModelFacts facts, MemoryPlan plan)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.Context, 1);
        long context = ((long)plan.Context + ContextStep - 1) / ContextStep * ContextStep;
        return new MemoryEstimate(facts.WeightBytes, Bounded(CacheOf(facts.Dimensions, plan.CacheType, context)), Bounded(ComputeOf(facts, plan, context)));
    }

    private static Int128 CacheOf(ModelDimensions model, TensorType type, long context)
    {
        Int128 numbers = 0;
        foreach (int heads in model.KeyValueHeads)
        {
            numbers += (Int128)heads * ((Int128)model.KeyLength + model.ValueLength);
        }

        return numbers * context * type.BlockBytes / type.BlockLength;
    }

    private static Int128 ComputeOf(ModelFacts facts, MemoryPlan plan, long context)
    {
        ModelDimensions model = facts.Dimensions;
        Int128 activations = (Int128)plan.Batch * ((3 * (Int128)model.FeedForward) + (4 * (Int128)model.Embedding)) * sizeof(float);
        Int128 mask = (Int128)plan.Batch * context * 2;
        int outputs = Math.Min(plan.Outputs, plan.Batch);
        Int128 logits = (Int128)outputs * facts.Tokenizer.Vocabulary * sizeof(float);
        Int128 last = logits + ((Int128)plan.Batch * 2 * model.Embedding * sizeof(float));
        return Int128.Max(activations + mask, last) + logits;
    }

    // Numbers a hostile file claims must not wrap around into something that fits.
    private static long Bounded(Int128 bytes) => (long)Int128.Min(bytes, long.MaxValue / 4);
}
