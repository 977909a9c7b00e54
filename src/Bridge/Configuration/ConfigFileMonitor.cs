using System.Security.Cryptography;
using System.Text;

namespace Bridge.Configuration;

/// <summary>Watches one file by its content: a write, an atomic rename, a swapped symbolic link (Kubernetes ConfigMap) and a deletion all count.</summary>
/// <remarks>The file system's notices only hasten a look; looking at intervals finds what they miss (network drives, links). Thread-safe.</remarks>
public sealed class ConfigFileMonitor : IDisposable
{
    private readonly string _path;
    private readonly TimeSpan _interval;
    private readonly TimeSpan _quiet;
    private readonly ITimer _timer;
    private readonly Lock _gate = new();
    private FileSystemWatcher? _watcher;
    private string? _known;
    private string? _candidate;
    private bool _started;
    private bool _disposed;

    /// <summary>Prepares to watch; nothing is watched before <see cref="Start"/>.</summary>
    /// <param name="path">The file; it need not exist.</param>
    /// <param name="time">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="interval">How often to look without a notice; <see langword="null"/> for 5 seconds.</param>
    /// <param name="quiet">How long content must stay the same before it counts; <see langword="null"/> for 200 milliseconds.</param>
    public ConfigFileMonitor(string path, TimeProvider? time = null, TimeSpan? interval = null, TimeSpan? quiet = null)
    {
        _path = Path.GetFullPath(path);
        _interval = interval ?? TimeSpan.FromSeconds(5);
        _quiet = quiet ?? TimeSpan.FromMilliseconds(200);
        _timer = (time ?? TimeProvider.System).CreateTimer(static state => ((ConfigFileMonitor)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The content changed and has settled: the new text, or <see langword="null"/> when the file is gone. Raised on any thread, one at a time.</summary>
    public event Action<string?>? Changed;

    /// <summary>Begins to watch.</summary>
    /// <param name="knownText">The text the caller already acted on, so that a change between its reading and this call counts; <see langword="null"/> for a file that was not there.</param>
    public void Start(string? knownText)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _known = knownText is null ? null : Hash(Encoding.UTF8.GetBytes(knownText));
            _started = true;
            _watcher ??= Watch();
            _timer.Change(_quiet, _interval);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _watcher?.Dispose();
            _timer.Dispose();
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            // The whole folder: a ConfigMap swaps a link beside the file, not the file.
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!);
            watcher.Changed += (_, _) => LookSoon();
            watcher.Created += (_, _) => LookSoon();
            watcher.Deleted += (_, _) => LookSoon();
            watcher.Renamed += (_, _) => LookSoon();
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception error) when (error is ArgumentException or IOException)
        {
            return null; // the folder is not there, or the system has no watches left: looking at intervals remains
        }
    }

    private void LookSoon()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _timer.Change(_quiet, _interval);
            }
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_disposed || !_started || !TryRead(out string? text, out string? hash) || hash == _known)
            {
                _candidate = null;
                return;
            }

            if (_candidate != (hash ?? ""))
            {
                _candidate = hash ?? ""; // seen once: look again before believing that the writer is done
                _timer.Change(_quiet, _interval);
                return;
            }

            _known = hash;
            _candidate = null;
            Changed?.Invoke(text);
        }
    }

    private bool TryRead(out string? text, out string? hash)
    {
        (text, hash) = (null, null);
        try
        {
            byte[] bytes = File.ReadAllBytes(_path);
            ReadOnlySpan<byte> content = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
            text = Encoding.UTF8.GetString(content);
            hash = Hash(content);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false; // being written: the next look will tell
        }
    }

    private static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
