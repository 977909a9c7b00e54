using System.Security.Cryptography;
using System.Text;
using Bridge.Llama.Gguf;
using Bridge.Llama.Inference;
using Bridge.Llama.Runtimes;
using Bridge.Storage;

namespace Bridge.Llama.Loading;

/// <summary>Where a model keeps the beginnings of prompts.</summary>
internal static class PrefixPlace
{
    private const string Folder = "llama-prefixes";

    // The metadata begins there, the template and much of the vocabulary with it; reading all of a model takes longer than any prompt.
    private const int HashedBytes = 1 << 20;

    /// <summary>Opens the files of a model; the native library must be loaded.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="runtime">The folder of the native library.</param>
    /// <param name="limit">The most bytes of all models; 0 for none.</param>
    /// <param name="dataFolder">The data folder; <see langword="null"/> where there is none.</param>
    /// <returns>The files; <see langword="null"/> where none are kept.</returns>
    public static PrefixFiles? Open(string path, string runtime, long limit, string? dataFolder)
    {
        if (limit <= 0 || dataFolder is null)
        {
            return null;
        }

        try
        {
            return new PrefixFiles(DataFolder.Open(dataFolder).Folder(Folder), IdentityOf(path, runtime), limit);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DataFolderException)
        {
            return null; // it only saves time
        }
    }

    /// <summary>What tells a model and the library that runs it: neither another model's memory nor that of another build may be used.</summary>
    private static byte[] IdentityOf(string path, string runtime)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(LlamaRuntime.Version));
        foreach (string part in (SplitName.Parse(path)?.Paths ?? [path]).Concat(Directory.EnumerateFiles(runtime).Order(StringComparer.Ordinal)))
        {
            var file = new FileInfo(part);
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{file.FullName}\n{file.Length}\n{file.LastWriteTimeUtc.Ticks}"));
        }

        using FileStream stream = File.OpenRead(path);
        byte[] first = new byte[Math.Min(HashedBytes, stream.Length)];
        stream.ReadExactly(first);
        hash.AppendData(first);
        return hash.GetHashAndReset();
    }
}
