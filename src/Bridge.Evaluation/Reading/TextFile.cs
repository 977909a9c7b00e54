using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Bridge.Evaluation.Reading;

/// <summary>Files of text, plain or with gzip.</summary>
internal static class TextFile
{
    /// <summary>Opens a file; what ends in <c>.gz</c> is unpacked on the way.</summary>
    public static Stream Open(string file)
    {
        FileStream stream = File.OpenRead(file);
        return file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
    }

    /// <summary>The lines of a file that are not blank, with their numbers.</summary>
    public static async IAsyncEnumerable<(int Number, string Line)> LinesAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = Open(file);
        await using (stream.ConfigureAwait(false))
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            for (int number = 1; await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    yield return (number, line);
                }
            }
        }
    }
}
