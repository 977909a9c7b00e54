using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Llama.Native;

namespace Bridge.Llama.Runtimes;

/// <summary>Finds the native library: a configured folder, then the packages beside the program, then those in the data folder; the best backend first.</summary>
/// <param name="program">The program's folder.</param>
/// <param name="canLoad">Whether a library of the system is there.</param>
/// <param name="packages">The packages for the platform, the best first.</param>
internal sealed class RuntimeLocator(string program, Func<string, bool> canLoad, ImmutableArray<RuntimePackage> packages)
{
    /// <summary>The folder of the packages, beside the program and in the data folder.</summary>
    public const string FolderName = "llama-runtime";

    /// <summary>Finds it on this machine.</summary>
    public static RuntimeLocator Default { get; } = new(AppContext.BaseDirectory, IsThere, RuntimePackage.ForThisPlatform);

    /// <summary>What is said where there is no build for the platform.</summary>
    public static string NoBuild { get; } =
        $"There is no build of llama.cpp for {RuntimeInformation.RuntimeIdentifier}: build one, and name its folder in 'Bridge:Llama:Runtime'.";

    /// <summary>The packages for the platform, the best first.</summary>
    public ImmutableArray<RuntimePackage> Packages => packages;

    /// <summary>The best package that this machine can load, and the one that every machine of the platform can.</summary>
    public IEnumerable<RuntimePackage> Usable => packages.Where(package => package.Needs.All(canLoad)).Take(1).Concat(packages.TakeLast(1)).Distinct();

    /// <summary>Finds the native library.</summary>
    /// <param name="configured">The folder the user names; <see langword="null"/> when none is.</param>
    /// <param name="dataFolder">The data folder; <see langword="null"/> for none.</param>
    /// <returns>The choice.</returns>
    public RuntimeChoice Find(string? configured, string? dataFolder)
    {
        if (configured is not null)
        {
            return NativeLibraries.IsIn(configured)
                ? new RuntimeChoice(new RuntimeFolder(Path.GetFullPath(configured), BackendOf(configured), "configured"), [])
                : new RuntimeChoice(null, [new PassedRuntime($"The configured folder '{configured}' holds no llama.cpp library.")]);
        }

        (string Path, string Origin)[] roots =
        [
            (Path.Combine(program, FolderName), "beside the program"),
            .. dataFolder is null ? [] : new[] { (Path.Combine(dataFolder, FolderName), "in the data folder") },
        ];
        var passed = ImmutableArray.CreateBuilder<PassedRuntime>();
        foreach (RuntimePackage package in packages)
        {
            RuntimeFolder? found = roots.Select(root => FolderOf(package, root.Path, root.Origin)).FirstOrDefault(folder => folder is not null);
            string[] missing = [.. package.Needs.Where(library => !canLoad(library))];
            if (found is not null && missing.Length == 0)
            {
                return new RuntimeChoice(found, passed.ToImmutable());
            }

            string reason = missing.Length > 0
                ? $"{package.Backend}: {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} not on this machine. {package.Cure}"
                : $"{package.Backend}: the package {package.Extension ?? package.Name} is not installed. Run 'bridge models install-runtime --backend {package.Backend.ToString().ToLowerInvariant()}'.";
            passed.Add(new PassedRuntime(reason, package.Backend, HasDriver: package.Needs.IsEmpty || !missing.Contains(package.Needs[0])));
        }

        if (packages.IsEmpty)
        {
            passed.Add(new PassedRuntime(NoBuild));
        }

        return new RuntimeChoice(null, passed.ToImmutable());
    }

    private static RuntimeFolder? FolderOf(RuntimePackage package, string root, string origin)
    {
        string folder = Path.Combine(root, package.Name, "bins", package.Name);
        if (!NativeLibraries.IsIn(folder))
        {
            return null;
        }

        if (package.Extension is not { } extension)
        {
            return new RuntimeFolder(folder, package.Backend, origin);
        }

        string fallback = Path.Combine(root, extension, "bins", package.Name, "fallback");
        string? file = Directory.Exists(fallback) ? Directory.EnumerateFiles(fallback, "*ggml-cuda.*").FirstOrDefault() : null;
        return file is null ? null : new RuntimeFolder(folder, package.Backend, origin) { BackendFile = file };
    }

    private static RuntimeBackend BackendOf(string folder)
    {
        string[] names = [.. Directory.EnumerateFiles(folder).Select(file => Path.GetFileName(file))];
        return names.Any(name => name.Contains("ggml-cuda", StringComparison.Ordinal)) ? RuntimeBackend.Cuda
            : names.Any(name => name.Contains("ggml-vulkan", StringComparison.Ordinal)) ? RuntimeBackend.Vulkan
            : names.Any(name => name.Contains("ggml-metal", StringComparison.Ordinal)) ? RuntimeBackend.Metal
            : RuntimeBackend.Cpu;
    }

    private static bool IsThere(string library)
    {
        if (!NativeLibrary.TryLoad(library, out nint handle))
        {
            return false;
        }

        NativeLibrary.Free(handle);
        return true;
    }
}
