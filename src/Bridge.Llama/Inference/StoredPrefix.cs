using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Bridge.Llama.Inference;

/// <summary>A beginning of prompts in a file: its tokens, what the model's memory of them is, and a hash over both and the model.</summary>
/// <param name="Path">The file.</param>
/// <param name="Tokens">The tokens; not to be relied on before <see cref="Read"/> has checked them.</param>
internal sealed record StoredPrefix(string Path, int[] Tokens)
{
    // Magic and version, the number of tokens.
    private const int HeaderBytes = 12;
    private const int MostTokens = 1 << 22;

    private static ReadOnlySpan<byte> Magic => "BRIDGE\u0001\u0000"u8;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">What tells the model and the library.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="state">The model's memory of them.</param>
    public static void Write(string path, byte[] model, int[] tokens, byte[] state)
    {
        byte[] header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Magic.Length), tokens.Length);
        ReadOnlySpan<byte> words = MemoryMarshal.AsBytes(tokens.AsSpan());
        string beside = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var how = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
            if (!OperatingSystem.IsWindows())
            {
                how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using (var stream = new FileStream(beside, how))
            {
                stream.Write(header);
                stream.Write(words);
                stream.Write(state);
                stream.Write(HashOf(model, header, words, state));
            }

            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Reads what a file says it has, and believes nothing of it.</summary>
    /// <returns>The beginning; <see langword="null"/> for a file of another kind.</returns>
    public static StoredPrefix? Peek(string path)
    {
        using FileStream stream = File.OpenRead(path);
        Span<byte> header = stackalloc byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes || !header.StartsWith(Magic))
        {
            return null;
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(header[Magic.Length..]);
        if (count is <= 0 or > MostTokens || HeaderBytes + ((long)count * sizeof(int)) + SHA256.HashSizeInBytes > stream.Length)
        {
            return null;
        }

        int[] tokens = new int[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(tokens.AsSpan()));
        return new StoredPrefix(path, tokens);
    }

    /// <summary>Reads the model's memory of the tokens.</summary>
    /// <param name="model">What tells the model and the library.</param>
    /// <returns>The memory; empty where the file is not what was written for this model.</returns>
    public ReadOnlyMemory<byte> Read(byte[] model)
    {
        byte[] all = File.ReadAllBytes(Path);
        ReadOnlySpan<byte> words = MemoryMarshal.AsBytes(Tokens.AsSpan());
        int begin = HeaderBytes + words.Length;
        int end = all.Length - SHA256.HashSizeInBytes;
        bool isWhole = end > begin
            && all.AsSpan(HeaderBytes, words.Length).SequenceEqual(words)
            && HashOf(model, all.AsSpan(0, HeaderBytes), words, all.AsSpan(begin, end - begin)).AsSpan().SequenceEqual(all.AsSpan(end));
        return isWhole ? all.AsMemory(begin, end - begin) : default;
    }

    private static byte[] HashOf(byte[] model, ReadOnlySpan<byte> header, ReadOnlySpan<byte> words, ReadOnlySpan<byte> state)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(model);
        hash.AppendData(header);
        hash.AppendData(words);
        hash.AppendData(state);
        return hash.GetHashAndReset();
    }
}
