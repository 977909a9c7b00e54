using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Llama.Gguf;
using Bridge.Llama.Native;

namespace Bridge.Llama.Runtimes;

/// <summary>The native library of this process. It can be loaded once: native code cannot be unloaded safely.</summary>
public sealed class LlamaRuntime
{
    private const int GpuType = 1;
    private const int IntegratedGpuType = 2;

    private static readonly Lock s_lock = new();
    private static LlamaRuntime? s_loaded;

    private LlamaRuntime(RuntimeFolder folder)
    {
        Folder = folder;
        Devices = ReadDevices();
    }

    /// <summary>Where it was loaded from.</summary>
    public RuntimeFolder Folder { get; }

    /// <summary>The version the library says it has; it must be loaded.</summary>
    public static unsafe string Version => Marshal.PtrToStringUTF8((nint)LlamaApi.Version()) ?? "";

    /// <summary>The devices there are, with the memory that was free when the library was loaded.</summary>
    public ImmutableArray<RuntimeDevice> Devices { get; }

    /// <summary>Finds the native library without loading it: the best that is installed and that this machine can load.</summary>
    /// <param name="configured">The folder the user names; <see langword="null"/> when none is.</param>
    /// <param name="dataFolder">The data folder; <see langword="null"/> for none.</param>
    public static RuntimeChoice Find(string? configured, string? dataFolder) => RuntimeLocator.Default.Find(configured, dataFolder);

    /// <summary>Loads the native library, or gives the one that is loaded.</summary>
    /// <param name="choice">What <see cref="Find"/> found.</param>
    /// <returns>The runtime.</returns>
    /// <exception cref="LlamaRuntimeException">There is none, it cannot be loaded, or it is of a version that is not understood.</exception>
    public static LlamaRuntime Load(RuntimeChoice choice)
    {
        ArgumentNullException.ThrowIfNull(choice);
        lock (s_lock)
        {
            if (s_loaded is { } loaded)
            {
                return choice.Folder is null || choice.Folder.Path == loaded.Folder.Path ? loaded : throw new LlamaRuntimeException(
                    $"llama.cpp was loaded from '{loaded.Folder.Path}' and cannot be loaded from '{choice.Folder.Path}' in the same process: restart it.");
            }

            RuntimeFolder folder = choice.Folder ?? throw new LlamaRuntimeException(
                $"llama.cpp is not installed. {string.Join(' ', choice.Passed)} Run 'bridge models install-runtime', or name a folder in 'Bridge:Llama:Runtime'.");
            return s_loaded = Open(folder);
        }
    }

    private static unsafe LlamaRuntime Open(RuntimeFolder folder)
    {
        try
        {
            nint library = NativeLibraries.Load(folder.Path);
            if (LayoutCheck.Fault(library) is { } fault)
            {
                throw new LlamaRuntimeException($"The llama.cpp in '{folder.Path}' is of a version that Bridge does not know: {fault}.");
            }

            NativeLog.Attach();
            LlamaApi.InitializeBackends();
            if (folder.BackendFile is { } file)
            {
                GgmlApi.LoadBackend(file);
            }

            GgmlApi.LoadBackends(folder.Path);
            var runtime = new LlamaRuntime(folder);
            return runtime.Devices.IsEmpty
                ? throw new LlamaRuntimeException($"The llama.cpp in '{folder.Path}' finds nothing to compute with: {NativeLog.Complaints()}.")
                : runtime;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new LlamaRuntimeException($"The llama.cpp in '{folder.Path}' cannot be loaded: {error.Message}", error);
        }
    }

    /// <summary>The devices there are, with their free memory of this moment. The library must be loaded.</summary>
    internal static unsafe ImmutableArray<RuntimeDevice> ReadDevices()
    {
        var devices = ImmutableArray.CreateBuilder<RuntimeDevice>();
        for (nuint i = 0; i < GgmlApi.DeviceCount(); i++)
        {
            nint device = GgmlApi.Device(i);
            nuint free = 0;
            nuint total = 0;
            GgmlApi.DeviceMemory(device, &free, &total);
            bool graphics = GgmlApi.DeviceType(device) is GpuType or IntegratedGpuType;
            devices.Add(new RuntimeDevice(
                Marshal.PtrToStringUTF8((nint)GgmlApi.DeviceName(device)) ?? "",
                Marshal.PtrToStringUTF8((nint)GgmlApi.DeviceDescription(device)) ?? "",
                graphics,
                graphics ? (long)free : Math.Min((long)free, FreeMemory.Bytes()), // llama.cpp says of the processor that all is free
                (long)total));
        }

        return devices.ToImmutable();
    }
}
