using System.Collections.Immutable;

namespace Bridge.Llama.Runtimes;

/// <summary>Where models run, and the memory they have there.</summary>
/// <param name="Devices">What computes.</param>
/// <param name="FreeBytes">The memory that is free there, in bytes.</param>
public sealed record RuntimeMemory(ImmutableArray<RuntimeDevice> Devices, long FreeBytes)
{
    /// <summary>Where models run on a machine: on its graphics devices where it has any with memory left, else on the processor.</summary>
    /// <param name="devices">The devices there are.</param>
    /// <param name="gpuLayers">The layers that go to graphics devices; 0 for none.</param>
    public static RuntimeMemory Of(ImmutableArray<RuntimeDevice> devices, int gpuLayers)
    {
        ImmutableArray<RuntimeDevice> graphics = [.. devices.Where(device => device.IsGpu)];
        long free = graphics.Sum(device => device.FreeBytes);
        if (gpuLayers != 0 && free > 0)
        {
            return new RuntimeMemory(graphics, free);
        }

        ImmutableArray<RuntimeDevice> processors = [.. devices.Where(device => !device.IsGpu)];
        return new RuntimeMemory(processors, processors.Select(device => device.FreeBytes).DefaultIfEmpty(long.MaxValue).Max());
    }
}
