namespace Bridge.Llama.Runtimes;

/// <summary>A native library that is not used.</summary>
/// <param name="Reason">Why, in sentences.</param>
/// <param name="Backend">What it would compute with; <see langword="null"/> where that is not known.</param>
/// <param name="HasDriver">Whether the driver of the device that it is for is on this machine; without it, nothing is missed.</param>
public sealed record PassedRuntime(string Reason, RuntimeBackend? Backend = null, bool HasDriver = true)
{
    /// <inheritdoc/>
    public override string ToString() => Reason;
}
