using Bridge.Configuration;
using Bridge.Llama.Gguf;
using Bridge.Llama.Runtimes;

namespace Bridge.Host.Composition;

/// <summary>Where models in process would run, and the memory they would have.</summary>
/// <param name="IsInstalled">Whether there is a llama.cpp to run them.</param>
/// <param name="Where">The devices, or why there is nothing to run them.</param>
/// <param name="FreeBytes">The memory that is free there; that of the machine where nothing can run them.</param>
internal sealed record EngineMemory(bool IsInstalled, string Where, long FreeBytes)
{
    /// <summary>Asks llama.cpp; it is loaded into this process.</summary>
    /// <param name="options">How models run.</param>
    /// <param name="dataFolder">The data folder.</param>
    /// <returns>What it says.</returns>
    public static EngineMemory Find(LlamaOptions options, string dataFolder)
    {
        try
        {
            LlamaRuntime runtime = LlamaRuntime.Load(LlamaRuntime.Find(options.Runtime, dataFolder));
            RuntimeMemory memory = RuntimeMemory.Of(runtime.Devices, options.GpuLayers);
            return new EngineMemory(true, $"{string.Join("; ", memory.Devices.Select(device => device.Summary))}; llama.cpp {LlamaRuntime.Version}, {runtime.Folder.Backend}", memory.FreeBytes);
        }
        catch (LlamaRuntimeException error)
        {
            return new EngineMemory(false, error.Message, FreeMemory.Bytes());
        }
    }
}
