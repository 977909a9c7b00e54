using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Bridge.Llama.Runtimes;

/// <summary>A published build of llama.cpp.</summary>
/// <param name="Name">The npm package's name within its scope, such as <c>linux-x64-cuda</c>.</param>
/// <param name="Backend">What it computes with.</param>
internal sealed record RuntimePackage(string Name, RuntimeBackend Backend)
{
    /// <summary>The scope of the packages.</summary>
    public const string Scope = "@node-llama-cpp";

    /// <summary>The package that holds nothing but the backend for an older CUDA, beside this one; <see langword="null"/> for none.</summary>
    public string? Extension { get; init; }

    /// <summary>The libraries of the system without which it cannot be loaded, that of the device's driver first.</summary>
    public ImmutableArray<string> Needs { get; init; } = [];

    /// <summary>Where to get them.</summary>
    public string? Cure { get; init; }

    /// <summary>The packages for this platform, the best first; empty where there are none.</summary>
    public static ImmutableArray<RuntimePackage> ForThisPlatform { get; } = For(
        OperatingSystem.IsWindows() ? OSPlatform.Windows : OperatingSystem.IsMacOS() ? OSPlatform.OSX : OSPlatform.Linux,
        RuntimeInformation.ProcessArchitecture);

    /// <summary>The packages for a platform, the best first.</summary>
    public static ImmutableArray<RuntimePackage> For(OSPlatform platform, Architecture architecture) => (platform.ToString(), architecture) switch
    {
        ("LINUX", Architecture.X64) =>
        [
            new("linux-x64-cuda", RuntimeBackend.Cuda) { Needs = ["libcuda.so.1", "libcudart.so.13", "libcublas.so.13"], Cure = Toolkit(13) },
            new("linux-x64-cuda", RuntimeBackend.Cuda12)
            {
                Extension = "linux-x64-cuda-ext", Needs = ["libcuda.so.1", "libcudart.so.12", "libcublas.so.12"], Cure = Toolkit(12),
            },
            new("linux-x64-vulkan", RuntimeBackend.Vulkan) { Needs = ["libvulkan.so.1"], Cure = "Install the Vulkan loader and the device's driver." },
            new("linux-x64", RuntimeBackend.Cpu),
        ],
        ("LINUX", Architecture.Arm64) => [new("linux-arm64", RuntimeBackend.Cpu)],
        ("OSX", Architecture.Arm64) => [new("mac-arm64-metal", RuntimeBackend.Metal)],
        ("OSX", Architecture.X64) => [new("mac-x64", RuntimeBackend.Cpu)],
        ("WINDOWS", Architecture.X64) =>
        [
            new("win-x64-cuda", RuntimeBackend.Cuda) { Needs = ["nvcuda.dll", "cudart64_13.dll", "cublas64_13.dll"], Cure = Toolkit(13) },
            new("win-x64-cuda", RuntimeBackend.Cuda12)
            {
                Extension = "win-x64-cuda-ext", Needs = ["nvcuda.dll", "cudart64_12.dll", "cublas64_12.dll"], Cure = Toolkit(12),
            },
            new("win-x64-vulkan", RuntimeBackend.Vulkan) { Needs = ["vulkan-1.dll"], Cure = "Install the device's driver." },
            new("win-x64", RuntimeBackend.Cpu),
        ],
        ("WINDOWS", Architecture.Arm64) => [new("win-arm64", RuntimeBackend.Cpu)],
        _ => [],
    };

    private static string Toolkit(int version) =>
        $"Install the CUDA {version} runtime with cuBLAS (https://developer.nvidia.com/cuda-downloads), or put its libraries on the library path.";
}
