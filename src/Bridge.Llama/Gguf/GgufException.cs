using System.Globalization;

namespace Bridge.Llama.Gguf;

/// <summary>A file is no sound GGUF file, or not one of a model.</summary>
public sealed class GgufException : Exception
{
    /// <summary>A fault at a place of the file.</summary>
    /// <param name="message">What is wrong, as a sentence.</param>
    /// <param name="offset">The byte at which it was met.</param>
    public GgufException(string message, long offset)
        : base(string.Create(CultureInfo.InvariantCulture, $"{message} (at byte {offset})")) => Offset = offset;

    /// <summary>A fault of the whole.</summary>
    /// <param name="message">What is wrong, as a sentence.</param>
    public GgufException(string message)
        : base(message)
    {
    }

    /// <summary>The byte at which the fault was met; <see langword="null"/> for a fault of the whole.</summary>
    public long? Offset { get; }
}
