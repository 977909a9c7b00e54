namespace Bridge.Llama.Gguf;

/// <summary>What a GGUF file says about itself; its weights are not read.</summary>
/// <param name="Version">The version of the format.</param>
/// <param name="Alignment">What the offsets of data are multiples of.</param>
/// <param name="Metadata">The key-values.</param>
/// <param name="Tensors">The tensors, every one of them found to be inside the file.</param>
/// <param name="Length">The file's length in bytes.</param>
public sealed record GgufFile(int Version, int Alignment, GgufMetadata Metadata, IReadOnlyList<GgufTensor> Tensors, long Length)
{
    internal const string AlignmentKey = "general.alignment";
    internal const int DefaultAlignment = 32;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="GgufException">It is not sound; the message says what is wrong and where.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static GgufFile Read(string path)
    {
        // The reader has a buffer of its own.
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        return Read(stream);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="stream">The file; it must be able to seek, and is read from its beginning.</param>
    /// <returns>What it says.</returns>
    /// <exception cref="GgufException">It is not sound; the message says what is wrong and where.</exception>
    public static GgufFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return GgufReader.Read(stream);
    }
}
