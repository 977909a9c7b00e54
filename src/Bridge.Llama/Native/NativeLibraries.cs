using System.Runtime.InteropServices;

namespace Bridge.Llama.Native;

/// <summary>The libraries of one folder, loaded once for the life of the process.</summary>
internal static partial class NativeLibraries
{
    private static readonly Dictionary<string, nint> s_handles = new(StringComparer.Ordinal);
    private static bool s_resolves;

    /// <summary>Loads the libraries of a folder. Their file names carry a version, and the backend.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The handle of the main library.</returns>
    /// <exception cref="DllNotFoundException">A library is missing, or what it needs is.</exception>
    public static nint Load(string folder)
    {
        QuietBacktraces();
        foreach ((string name, string pattern) in new[] { (GgmlApi.Base, "ggml-base"), (GgmlApi.Registry, "ggml"), (LlamaApi.Library, "llama") })
        {
            s_handles[name] = NativeLibrary.Load(Find(folder, pattern));
        }

        if (!s_resolves)
        {
            NativeLibrary.SetDllImportResolver(typeof(NativeLibraries).Assembly, static (name, _, _) => s_handles.GetValueOrDefault(name));
            s_resolves = true;
        }

        return s_handles[LlamaApi.Library];
    }

    /// <summary>Whether a folder holds the libraries.</summary>
    public static bool IsIn(string folder) => TryFind(folder, "llama") is not null && TryFind(folder, "ggml-base") is not null;

    private static string Find(string folder, string name) =>
        TryFind(folder, name) ?? throw new DllNotFoundException($"The folder '{folder}' holds no library '{name}'.");

    /// <summary>The file of a library: <c>libllama.v0.5.0.so</c>, <c>libllama.cuda.v0.5.0.so</c>, <c>llama.dll</c>, <c>libllama.dylib</c>.</summary>
    private static string? TryFind(string folder, string name)
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string prefix = OperatingSystem.IsWindows() ? name : "lib" + name;
        return !Directory.Exists(folder) ? null : Directory.EnumerateFiles(folder, $"*{extension}").Order(StringComparer.Ordinal)
            .FirstOrDefault(file => Path.GetFileName(file) is { } found && (found == prefix + extension || found.StartsWith(prefix + ".", StringComparison.Ordinal)
                || (OperatingSystem.IsWindows() && (found == $"lib{name}.dll" || found.StartsWith($"lib{name}.", StringComparison.Ordinal)))));
    }

    /// <summary>Keeps an abort of the library from starting a debugger on this process.</summary>
    private static void QuietBacktraces()
    {
        // Variables set in .NET are not seen by native code on Unix.
        if (OperatingSystem.IsWindows())
        {
            Environment.SetEnvironmentVariable("GGML_NO_BACKTRACE", "1");
        }
        else
        {
            _ = SetVariable("GGML_NO_BACKTRACE", "1", 1);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
