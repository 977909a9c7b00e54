using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

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
        var records = ImmutableArray.CreateBuilder<EvalRecord>();
        var problems = ImmutableArray.CreateBuilder<RecordProblem>();
        var notes = new Dictionary<string, int>(StringComparer.Ordinal);
        var reader = new RecordReader(new RecordTools(), note => notes[note] = notes.GetValueOrDefault(note) + 1);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (string file in files)
        {
            string category = Path.GetFileName(file).Split('.')[0];
            reader.Servers = await ServerTools.BesideAsync(file, cancellationToken).ConfigureAwait(false);
            await foreach ((int number, string line) in LinesAsync(file, cancellationToken).ConfigureAwait(false))
            {
                string? id = null;
                try
                {
                    using JsonDocument document = JsonDocument.Parse(line);
                    EvalRecord record = reader.Read(document.RootElement.Clone(), category, out id);
                    records.Add(ids.Add(record.Id) ? record : throw new RecordException(RecordProblemKind.Contradictory, "The id was there before: the first record counts."));
                }
                catch (JsonException error)
                {
                    problems.Add(new RecordProblem(file, number, id, RecordProblemKind.Broken, $"The line is not JSON: {error.Message}"));
                }
                catch (RecordException error)
                {
                    problems.Add(new RecordProblem(file, number, id, error.Kind, error.Message));
                }
            }
        }

        return new EvalSet(
            records.ToImmutable(),
            problems.ToImmutable(),
            [.. notes.Select(note => note.Value == 1 ? note.Key : $"{note.Key} ({note.Value} times)")]);
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
