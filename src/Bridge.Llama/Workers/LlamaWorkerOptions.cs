using Bridge.Configuration;

namespace Bridge.Llama.Workers;

/// <summary>How worker processes are started. A program that cannot be a worker itself leaves this alone.</summary>
/// <remarks>The program must call <see cref="LlamaWorker.RunAsync"/> when its only argument is <see cref="LlamaWorker.Verb"/>.</remarks>
public sealed class LlamaWorkerOptions
{
    /// <summary>The program to start; <see langword="null"/> where there are no workers.</summary>
    public string? Executable { get; set; }

    /// <summary>Whether <see cref="WorkerMode.Auto"/> means workers here: for programs that live long.</summary>
    public bool IsDefault { get; set; }
}
