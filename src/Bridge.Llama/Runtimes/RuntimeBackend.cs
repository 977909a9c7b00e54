namespace Bridge.Llama.Runtimes;

/// <summary>What computes.</summary>
public enum RuntimeBackend
{
    /// <summary>The processor, with the best instruction set it has.</summary>
    Cpu,

    /// <summary>NVIDIA devices by CUDA 13.</summary>
    Cuda,

    /// <summary>NVIDIA devices by CUDA 12.</summary>
    Cuda12,

    /// <summary>Devices of any maker by Vulkan.</summary>
    Vulkan,

    /// <summary>Apple devices.</summary>
    Metal,
}
