using System.Collections.Immutable;
using System.Security.Cryptography;
using Bridge.Llama.Downloads;
using Bridge.Storage;

namespace Bridge.Llama.Runtimes;

/// <summary>Brings builds of llama.cpp into the data folder: the versions that this program was made with, checked against their hashes.</summary>
/// <remarks>Safe for several processes: one that finds another at the same package is told so.</remarks>
public sealed class RuntimeInstaller : IDisposable
{
    // Beside the libraries, and written last: the hash of the package they came from.
    private const string Marker = "integrity";

    // The largest package has some hundred megabytes.
    private const long LongestPackage = 2L << 30;

    private readonly string _root;
    private readonly Uri _registry;
    private readonly HttpClient _client;
    private readonly FileDownload _download;
    private readonly RuntimeLocator _locator;
    private readonly ImmutableArray<RuntimePin> _pins;

    /// <summary>Makes an installer.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="options">Where packages come from.</param>
    /// <param name="clock">Measures waits.</param>
    /// <exception cref="ModelSourceException">The registry's address cannot be one.</exception>
    public RuntimeInstaller(DataFolder data, RuntimeInstallerOptions options, TimeProvider clock)
        : this(data, options, clock, RuntimeLocator.Default, RuntimePin.All)
    {
    }

    internal RuntimeInstaller(
        DataFolder data, RuntimeInstallerOptions options, TimeProvider clock, RuntimeLocator locator, ImmutableArray<RuntimePin> pins)
    {
        _registry = WebAddress.Parse(options.Registry);
        _root = data.Folder(RuntimeLocator.FolderName);
        _client = ModelHttp.CreateClient();
        _download = new FileDownload(new ModelHttp(_client, clock), _ => null, DiskSpace.Free, clock)
        {
            Pause = options.Pause,
            Longest = LongestPackage,
            Access = "name another registry by '--registry'",
        };
        _locator = locator;
        _pins = pins;
    }

    /// <summary>What there are builds for on this platform, the best first.</summary>
    public static ImmutableArray<RuntimeBackend> Backends { get; } = [.. RuntimePackage.ForThisPlatform.Select(package => package.Backend)];

    /// <summary>Installs what a backend needs.</summary>
    /// <param name="backend">The backend; <see langword="null"/> for the processor's, and the best that this machine can use.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancellationToken">Ends it; an unfinished download is continued the next time.</param>
    /// <returns>The packages, those that were there included.</returns>
    /// <exception cref="LlamaRuntimeException">There is no such build, or it cannot be installed.</exception>
    /// <exception cref="DownloadException">It cannot be fetched.</exception>
    public async Task<ImmutableArray<InstalledPackage>> InstallAsync(
        RuntimeBackend? backend, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        var installed = ImmutableArray.CreateBuilder<InstalledPackage>();
        foreach (RuntimePin pin in PinsOf(backend))
        {
            installed.Add(await InstallAsync(pin, progress, cancellationToken).ConfigureAwait(false));
        }

        return installed.ToImmutable();
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private IEnumerable<RuntimePin> PinsOf(RuntimeBackend? backend)
    {
        RuntimePackage[] packages = [.. backend is { } one ? _locator.Packages.Where(package => package.Backend == one) : _locator.Usable];
        return packages.Length > 0
            ? packages.SelectMany(package => new[] { package.Name, package.Extension }).OfType<string>().Distinct().Select(PinOf)
            : throw new LlamaRuntimeException(_locator.Packages.IsEmpty
                ? RuntimeLocator.NoBuild
                : $"There is no build of llama.cpp for '{backend}' on this platform; there are: {string.Join(", ", _locator.Packages.Select(package => package.Backend))}.");
    }

    private RuntimePin PinOf(string package) => _pins.FirstOrDefault(pin => pin.Package == package) ?? throw new LlamaRuntimeException(
        $"This program knows no hash of the package '{package}' and therefore does not fetch it: install it with npm, and name its folder in 'Bridge:Llama:Runtime'.");

    private async Task<InstalledPackage> InstallAsync(RuntimePin pin, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(_root, pin.Package);
        if (IsThere(folder, pin))
        {
            return new InstalledPackage(pin.Package, pin.Version, folder, IsNew: false);
        }

        using FileStream mine = Lock(pin);
        string archive = Path.Combine(_root, $".{pin.Package}-{pin.Version}.tgz");
        string unpacked = Path.Combine(_root, $".{pin.Package}.new");
        await _download.RunAsync(new RemoteFile(pin.UrlAt(_registry), $"{pin.Package} {pin.Version}"), archive, progress, cancellationToken).ConfigureAwait(false);
        try
        {
            await CheckAsync(archive, pin, cancellationToken).ConfigureAwait(false);
            Delete(unpacked);
            await RuntimeArchive.UnpackAsync(archive, unpacked, cancellationToken).ConfigureAwait(false);
            await File.WriteAllTextAsync(Path.Combine(unpacked, Marker), pin.Integrity, cancellationToken).ConfigureAwait(false);
            Replace(folder, unpacked);
        }
        finally
        {
            File.Delete(archive);
            Delete(unpacked);
        }

        return new InstalledPackage(pin.Package, pin.Version, folder, IsNew: true);
    }

    private static bool IsThere(string folder, RuntimePin pin) =>
        File.Exists(Path.Combine(folder, Marker)) && File.ReadAllText(Path.Combine(folder, Marker)) == pin.Integrity;

    private FileStream Lock(RuntimePin pin)
    {
        try
        {
            return new FileStream(Path.Combine(_root, $".{pin.Package}.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new LlamaRuntimeException($"Another process installs '{pin.Package}': wait for it, or end it.", error);
        }
    }

    private async Task CheckAsync(string archive, RuntimePin pin, CancellationToken cancellationToken)
    {
        FileStream content = new(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        await using (content.ConfigureAwait(false))
        {
            string hash = $"sha512-{Convert.ToBase64String(await SHA512.HashDataAsync(content, cancellationToken).ConfigureAwait(false))}";
            if (hash != pin.Integrity)
            {
                throw new DownloadException(
                    $"'{WebAddress.Text(pin.UrlAt(_registry))}' has the hash {hash}, and {pin.Integrity} is expected: it is another file, and was deleted.");
            }
        }
    }

    // The old one goes aside first: a folder cannot be put in the place of another.
    private void Replace(string folder, string unpacked)
    {
        string old = Path.Combine(_root, $".{Path.GetFileName(folder)}.old");
        try
        {
            Delete(old);
            if (Directory.Exists(folder))
            {
                Directory.Move(folder, old);
            }

            Directory.Move(unpacked, folder);
            Delete(old);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new LlamaRuntimeException($"'{folder}' cannot be replaced: {error.Message} End the bridge processes that use it, and try again.", error);
        }
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
