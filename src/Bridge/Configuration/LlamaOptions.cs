namespace Bridge.Configuration;

/// <summary>How models run by llama.cpp, in this process or in workers.</summary>
public sealed class LlamaOptions
{
    /// <summary>The folder of a llama.cpp library to use instead of the one that is found; <see langword="null"/> for none.</summary>
    public string? Runtime { get; set; }

    /// <summary>The layers that go to the device; negative for all.</summary>
    /// <value>The default is -1.</value>
    public int GpuLayers { get; set; } = -1;

    /// <summary>The tokens that all prompts of a model have together, cached beginnings included.</summary>
    /// <value>The default is 16384, or what the model was trained for when that is less.</value>
    public int ContextTokens { get; set; } = 16_384;

    /// <summary>The prompts that one model runs at once.</summary>
    /// <value>The default is 16.</value>
    public int Sequences { get; set; } = 16;

    /// <summary>The prompts that wait for a model; one more is told that it is busy.</summary>
    /// <value>The default is 64.</value>
    public int QueueLength { get; set; } = 64;

    /// <summary>The processor's threads; 0 for one less than there are.</summary>
    /// <value>The default is 0.</value>
    public int Threads { get; set; }

    /// <summary>The bytes of the data folder for beginnings of prompts, such as tools, which are then not read again after a restart; 0 for none.</summary>
    /// <value>The default is 0.</value>
    /// <remarks>All models share them. The files hold what the tools and the system message say, in a form that can be read back.</remarks>
    public long PrefixFileBytes { get; set; }

    /// <summary>How long a model that nobody uses stays loaded.</summary>
    /// <value>The default is 15 minutes.</value>
    public TimeSpan IdleUnload { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Where models run.</summary>
    /// <value>The default is <see cref="WorkerMode.Auto"/>.</value>
    public WorkerMode Worker { get; set; }

    /// <summary>How long a worker that has prompts may give no sign of life before it is killed and its prompts fail.</summary>
    /// <value>The default is 2 minutes; <see cref="Timeout.InfiniteTimeSpan"/> is for ever.</value>
    /// <remarks>A worker says that it lives as long as batches end; one batch may take ten times as long.</remarks>
    public TimeSpan WorkerPatience { get; set; } = TimeSpan.FromMinutes(2);
}
