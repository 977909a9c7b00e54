using System.Collections.Immutable;
using Bridge.Evaluation.Originals;
using Bridge.Evaluation.Reading;

namespace Bridge.Evaluation.Records;

/// <summary>Reads files of records, plain or with gzip: JSON Lines of the uniform form, and the forms in which some benchmarks are published, told by what a file holds.</summary>
public static class EvalFiles
{
    private static readonly string[] s_endings = [".jsonl", ".jsonl.gz"];
    private static readonly string[] s_otherEndings = [".json", ".json.gz", ".csv", ".csv.gz"];

    private static readonly string s_forms = $"The forms are: JSON Lines of records ('.jsonl', as docs/evaluation.md shows them); {RecordForms.Names}.";

    /// <summary>Finds the files.</summary>
    /// <param name="paths">Files, and folders: of these, files that end in <c>.jsonl</c>, and those in <c>.json</c> or <c>.csv</c> that are of a known form, each with <c>.gz</c> or without.</param>
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
            files.AddRange(found.Length > 0 ? found : throw new FileNotFoundException($"The folder '{path}' holds no file of records. {s_forms}"));
        }

        return files.ToImmutable();
    }

    /// <summary>Reads records; what is wrong with a line is in the result, and the others are read.</summary>
    /// <param name="files">The files.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records and what is wrong with the rest.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A file is not gzip, not UTF-8, or of no known form.</exception>
    public static async Task<EvalSet> ReadAsync(IEnumerable<string> files, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        var set = new EvalSetBuilder();
        foreach (string file in files)
        {
            string category = Path.GetFileName(file).Split('.')[0];
            FileHead head = FileHead.Read(file);
            if (RecordForms.Of(head) is { } form)
            {
                set.Add(file, await form.ReadAsync(file, cancellationToken).ConfigureAwait(false), category);
                continue;
            }

            if (!IsUniform(file, head))
            {
                throw new InvalidDataException($"'{file}' holds records of no known form. {s_forms}");
            }

            set.Servers = await ServerTools.BesideAsync(file, cancellationToken).ConfigureAwait(false);
            await foreach ((int number, string line) in TextFile.LinesAsync(file, cancellationToken).ConfigureAwait(false))
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
    private static bool IsRecords(string file) => HasEnding(file, s_endings)
        ? !ServerTools.IsTools(file)
        : HasEnding(file, s_otherEndings) && FileHead.Read(file) is var head && (RecordForms.Of(head) is not null || IsUniform(file, head));

    private static bool IsUniform(string file, FileHead head) => HasEnding(file, s_endings) || (!head.IsList && head.Has("id", "messages"));

    private static bool HasEnding(string file, string[] endings) => endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
