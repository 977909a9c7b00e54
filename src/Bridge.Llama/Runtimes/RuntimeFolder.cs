namespace Bridge.Llama.Runtimes;

/// <summary>A folder that holds the native library.</summary>
/// <param name="Path">The folder.</param>
/// <param name="Backend">What it computes with.</param>
/// <param name="Origin">Where it was found, in words.</param>
public sealed record RuntimeFolder(string Path, RuntimeBackend Backend, string Origin)
{
    /// <summary>The library of the backend where it lies elsewhere, as that of CUDA 12 does; <see langword="null"/> when it is in the folder.</summary>
    public string? BackendFile { get; init; }
}
