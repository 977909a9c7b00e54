namespace Bridge.Llama.Inference;

/// <summary>How a model is loaded and run.</summary>
public sealed record ModelOptions
{
    /// <summary>The layers that go to the device. The default is all.</summary>
    public int GpuLayers { get; init; } = -1;

    /// <summary>The tokens that all running prompts and cached beginnings have together. The default is 16384, or what the model was trained for when that is less.</summary>
    public int ContextTokens { get; init; } = 16_384;

    /// <summary>The prompts that run at once; further ones wait. The default is 16.</summary>
    public int Sequences { get; init; } = 16;

    /// <summary>The beginnings of prompts that are kept. The default is 32.</summary>
    public int CachedPrefixes { get; init; } = 32;

    /// <summary>The memory of beginnings that had to leave the context, in bytes. The default is 256 MiB; 0 keeps none.</summary>
    public long WaitingPrefixBytes { get; init; } = 256L << 20;

    /// <summary>The most prompts that wait; one more is told that the model is busy. The default is 64.</summary>
    public int QueueLength { get; init; } = 64;

    /// <summary>The tokens that are computed in one go. The default is 512.</summary>
    public int BatchTokens { get; init; } = 512;

    /// <summary>The positions of one batch at which the model is asked what follows. The default is 64.</summary>
    public int BatchOutputs { get; init; } = 64;

    /// <summary>The processor's threads; 0 for one less than there are. The default is 0.</summary>
    public int Threads { get; init; }
}
