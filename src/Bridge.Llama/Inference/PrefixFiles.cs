using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bridge.Llama.Inference;

/// <summary>The beginnings of prompts that one model has in files, so that it need not read them again after a restart. For the engine's thread.</summary>
/// <remarks>Several processes may share the folder. A file is removed that is not what was written, and the oldest when there are too many.</remarks>
internal sealed class PrefixFiles : IDisposable
{
    private const string Extension = ".prefix";

    // What a process that was killed has left behind.
    private static readonly TimeSpan s_leftover = TimeSpan.FromHours(1);

    private readonly string _root;
    private readonly string _folder;
    private readonly byte[] _model;
    private readonly long _limit;
    private readonly List<StoredPrefix> _files = [];
    private Task _writing = Task.CompletedTask;

    /// <summary>Opens the files of a model.</summary>
    /// <param name="root">The folder of all models; it must be the user's alone.</param>
    /// <param name="model">What tells the model's files and the library: another one's memory must never be used.</param>
    /// <param name="limit">The most bytes that the files of all models have together.</param>
    /// <exception cref="IOException">The folder cannot be used.</exception>
    public PrefixFiles(string root, byte[] model, long limit)
    {
        _root = root;
        _model = model;
        _limit = limit;
        _folder = Directory.CreateDirectory(Path.Combine(root, Convert.ToHexStringLower(model)[..32])).FullName;
        foreach (string path in Directory.EnumerateFiles(_folder, "*" + Extension))
        {
            if (Try(() => StoredPrefix.Peek(path)) is { } known)
            {
                _files.Add(known);
            }
            else
            {
                Delete(path);
            }
        }
    }

    /// <summary>Whether a file is being written: another one has to wait for it.</summary>
    public bool IsWriting => !_writing.IsCompleted;

    /// <summary>Whether a beginning is in a file, or a longer one that begins with it.</summary>
    public bool Has(int[] tokens) => _files.Exists(file => file.Tokens.AsSpan().StartsWith(tokens));

    /// <summary>Finds the file that has most of a prompt's beginning.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="atLeast">How many tokens are worth reading it.</param>
    /// <param name="whole">Whether the prompt must begin with all of it.</param>
    public StoredPrefix? Find(ReadOnlySpan<int> prompt, int atLeast, bool whole)
    {
        StoredPrefix? best = null;
        foreach (StoredPrefix file in _files)
        {
            int common = file.Tokens.AsSpan().CommonPrefixLength(prompt);

            // A file that is mostly about something else takes longer to read than it saves.
            if (common >= atLeast && common * 2 >= file.Tokens.Length && (!whole || common == file.Tokens.Length))
            {
                (best, atLeast) = (file, common + 1);
            }
        }

        return best;
    }

    /// <summary>Reads a file, and removes it when it is not what was written.</summary>
    /// <returns>The model's memory of the tokens; empty when there is none.</returns>
    public ReadOnlyMemory<byte> Read(StoredPrefix file)
    {
        ReadOnlyMemory<byte> state = Try(() => file.Read(_model));
        if (state.IsEmpty)
        {
            Remove(file);
        }
        else
        {
            Try(() => File.SetLastWriteTimeUtc(file.Path, DateTime.UtcNow)); // the file system's own clock says which is oldest
        }

        return state;
    }

    /// <summary>Removes a file.</summary>
    public void Remove(StoredPrefix file)
    {
        _files.Remove(file);
        Delete(file.Path);
    }

    /// <summary>Writes a beginning, beside what runs.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="state">The model's memory of them.</param>
    public void Write(int[] tokens, byte[] state)
    {
        if (state.Length == 0 || state.Length > _limit)
        {
            return;
        }

        string name = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(tokens.AsSpan())))[..32] + Extension;
        var file = new StoredPrefix(Path.Combine(_folder, name), tokens);
        _files.RemoveAll(other => other.Path == file.Path);
        _files.Add(file);
        _writing.Wait(); // one at a time: what waits to be written is held in memory
        _writing = Task.Run(() => Try(() =>
        {
            StoredPrefix.Write(file.Path, _model, tokens, state);
            Trim();
        }));
    }

    /// <summary>Waits until all is written.</summary>
    public void Dispose() => _writing.Wait();

    private void Trim()
    {
        FileInfo[] files = [.. new DirectoryInfo(_root).EnumerateFiles("*", SearchOption.AllDirectories).OrderByDescending(file => file.LastWriteTimeUtc)];
        long bytes = 0;
        foreach (FileInfo file in files)
        {
            bytes += file.Extension == Extension ? file.Length : 0;
            if (file.Extension == Extension ? bytes > _limit : DateTime.UtcNow - file.LastWriteTimeUtc > s_leftover)
            {
                Delete(file.FullName);
            }
        }
    }

    private static void Delete(string path) => Try(() => File.Delete(path));

    private static void Try(Action action) => Try<object?>(() =>
    {
        action();
        return null;
    });

    // Without its file a beginning is read again: nothing else is lost.
    private static T? Try<T>(Func<T?> action)
    {
        try
        {
            return action();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }
}
