using Bridge.Llama.Gguf;

namespace Bridge.Llama.Runtimes;

/// <summary>Something that computes.</summary>
/// <param name="Name">Its short name, such as <c>CUDA0</c>.</param>
/// <param name="Description">What it is, such as the processor's or the device's product name.</param>
/// <param name="IsGpu">Whether it is a graphics device.</param>
/// <param name="FreeBytes">Its free memory, in bytes; for the processor, that of the machine.</param>
/// <param name="TotalBytes">Its memory, in bytes.</param>
public sealed record RuntimeDevice(string Name, string Description, bool IsGpu, long FreeBytes, long TotalBytes)
{
    /// <summary>The device in a line.</summary>
    public string Summary => $"{Name} ({Description}), {ByteSize.Text(FreeBytes)} of {ByteSize.Text(TotalBytes)} free";
}
