namespace Bridge.Llama.Gguf;

/// <summary>How a model is going to run.</summary>
/// <param name="Context">The tokens all requests together may hold.</param>
public sealed record MemoryPlan(int Context)
{
    /// <summary>How keys and values are kept.</summary>
    /// <value>The default is F16.</value>
    public TensorType CacheType { get; init; } = TensorType.F16;

    /// <summary>How many tokens are computed at once.</summary>
    /// <value>The default is 512.</value>
    public int Batch { get; init; } = 512;

    /// <summary>For how many of them the next token is asked.</summary>
    /// <value>The default is 64.</value>
    public int Outputs { get; init; } = 64;
}
