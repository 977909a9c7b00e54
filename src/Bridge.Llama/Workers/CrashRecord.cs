using Bridge.Llama.Inference;

namespace Bridge.Llama.Workers;

/// <summary>How often the worker of one file died: it waits longer each time, and is given up when nothing helps. Its owner locks.</summary>
/// <param name="path">The file.</param>
/// <param name="time">The clock.</param>
internal sealed class CrashRecord(string path, TimeProvider time)
{
    private const int Most = 3;

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] s_waits = [TimeSpan.Zero, TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)];

    private readonly List<long> _deaths = [];
    private string _last = "";
    private FileStamp? _givenUp;

    /// <summary>How long to wait before it is started again.</summary>
    public TimeSpan Wait => s_waits[Math.Min(_deaths.Count, s_waits.Length - 1)];

    /// <summary>It died.</summary>
    /// <param name="end">How.</param>
    public void Died(string end)
    {
        _deaths.RemoveAll(death => time.GetElapsedTime(death) > s_window);
        _deaths.Add(time.GetTimestamp());
        _last = end;
        if (_deaths.Count >= Most)
        {
            _givenUp = FileStamp.Of(path);
        }
    }

    /// <summary>It answered: what died before was not the file's fault.</summary>
    public void Answered() => _deaths.Clear();

    /// <summary>Refuses a file that is given up.</summary>
    /// <exception cref="LlamaException">The file has not changed since.</exception>
    public void Check()
    {
        if (_givenUp is null)
        {
            return;
        }

        if (_givenUp == FileStamp.Of(path))
        {
            throw new LlamaException(LlamaFault.Failed,
                $"The worker process of '{path}' died {Most} times within a minute and answered nothing in between; the last time it {_last}. It is not started again until the file changes, the model is unloaded ('bridge models unload'), or Bridge is restarted.");
        }

        _givenUp = null;
        _deaths.Clear();
    }
}

/// <summary>What tells that a file is still the same.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Length">Its length.</param>
/// <param name="Changed">When it was written.</param>
internal sealed record FileStamp(string Path, long Length, DateTime Changed)
{
    /// <summary>The stamp of a file as it is now.</summary>
    public static FileStamp Of(string path)
    {
        var file = new FileInfo(path);
        return new FileStamp(file.FullName, file.Exists ? file.Length : 0, file.Exists ? file.LastWriteTimeUtc : default);
    }
}
