using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;

namespace Bridge.Evaluation.Records;

/// <summary>Reads files of records: JSON Lines, plain or with gzip.</summary>
public static class EvalFiles
{
    private static readonly string[] s_endings = [".jsonl", ".jsonl.gz"];

    /// <summary>Finds the files.</summary>
    /// <param name="paths">Files, and folders whose files ending in <c>.jsonl</c> or <c>.jsonl.gz</c> are meant.</param>
    /// <returns>The files, those of a folder by name.</returns>
    /// <exception cref="FileNotFoundException">A path does not exist, or a folder has no such file.</exception>
    public static ImmutableArray<string> Find(params IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        var files = ImmutableArray.CreateBuilder<string>();
        foreach (string path in paths)
        {
            if (File.Exists(path))
            {
                files.Add(path);
                continue;
            }

            string[] found = Directory.Exists(path)
                ? [.. Directory.GetFiles(path).Where(IsRecords).Order(StringComparer.Ordinal)]
                : throw new FileNotFoundException($"There is no file and no folder '{path}'.");
            files.AddRange(found.Length > 0 ? found : throw new FileNotFoundException($"The folder '{path}' holds no file that ends in '.jsonl' or '.jsonl.gz'."));
        }

        return files.ToImmutable();
    }

    /// <summary>Reads records; what is wrong with a line is in the result, and the others are read.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records and what is wrong with the rest.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not gzip, or not UTF-8.</exception>
    public static async Task<EvalSet> ReadAsync(IEnumerable<string> files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var set = new EvalSetBuilder();
        foreach (string file in files)
        {
            string category = Path.GetFileName(file).Split('.')[0];
            set.Servers = await ServerTools.BesideAsync(file, cancellationToken).ConfigureAwait(false);
            await foreach ((int number, string line) in LinesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                set.Add(file, number, line, category);
            }
        }

        return set.ToSet();
    }

    /// <summary>Reads records of lines that are in no file.</summary>
    /// <param name="name">What they are called where one is named.</param>
    /// <param name="lines">The lines.</param>
    /// <returns>The records and what is wrong with the rest.</returns>
    public static EvalSet Parse(string name, IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var set = new EvalSetBuilder();
        int number = 0;
        foreach (string line in lines)
        {
            set.Add(name, ++number, line, name);
        }

        return set.ToSet();
    }

    // Files of tools lie beside records that name them, and hold none.
    private static bool IsRecords(string file) =>
        s_endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)) && !ServerTools.IsTools(file);

    /// <summary>The lines of a file that are not blank, with their numbers.</summary>
    internal static async IAsyncEnumerable<(int Number, string Line)> LinesAsync(
        string file, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        FileStream stream = File.OpenRead(file);
        await using (stream.ConfigureAwait(false))
        {
            Stream plain = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionMode.Decompress) : stream;
            await using (plain.ConfigureAwait(false))
            {
                using var reader = new StreamReader(plain, Encoding.UTF8);
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
}
