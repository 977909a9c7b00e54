namespace Bridge.Llama.Gguf;

/// <summary>The files a model consists of, read together.</summary>
/// <param name="Metadata">The first part's metadata, which is the model's.</param>
/// <param name="Tensors">The tensors of all parts.</param>
/// <param name="Paths">The files.</param>
/// <param name="Bytes">Their length together.</param>
internal sealed record ModelParts(GgufMetadata Metadata, IReadOnlyList<GgufTensor> Tensors, IReadOnlyList<string> Paths, long Bytes)
{
    private const string SplitNumber = "split.no";
    private const string SplitCount = "split.count";

    /// <summary>Reads one file, or all parts a name of the kind <c>NAME-00001-of-00003.gguf</c> speaks of.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GgufException">A part is missing or is another one than its name says.</exception>
    public static ModelParts Read(string path)
    {
        SplitName? split = SplitName.Parse(path);
        if (split is null)
        {
            GgufFile file = GgufFile.Read(path);
            return file.Metadata.Count(SplitCount) is > 1 and { } count
                ? throw new GgufException($"'{path}' is one of {count} parts, and parts must keep their names, such as 'NAME-00001-of-{count:D5}.gguf'.")
                : new ModelParts(file.Metadata, file.Tensors, [path], file.Length);
        }

        string? missing = split.Paths.FirstOrDefault(part => !File.Exists(part));
        if (missing is not null)
        {
            throw new GgufException($"The model consists of {split.Count} parts, and '{missing}' is missing.");
        }

        return Join(split);
    }

    private static ModelParts Join(SplitName split)
    {
        List<GgufFile> files = [];
        foreach (string part in split.Paths)
        {
            GgufFile file = GgufFile.Read(part);
            Check(file, part, files.Count, split.Count);
            files.Add(file);
        }

        List<GgufTensor> tensors = [.. files.SelectMany(file => file.Tensors)];
        int expected = files[0].Metadata.Count("split.tensors.count") ?? tensors.Count;
        return tensors.Count == expected
            ? new ModelParts(files[0].Metadata, tensors, [.. split.Paths], files.Sum(file => file.Length))
            : throw new GgufException($"The {split.Count} parts of '{split.Prefix}' hold {tensors.Count} tensors, and the first says {expected}.");
    }

    private static void Check(GgufFile file, string path, int number, int count)
    {
        int said = file.Metadata.Count(SplitNumber) ?? -1;
        int parts = file.Metadata.Count(SplitCount) ?? -1;
        if (said != number || parts != count)
        {
            throw new GgufException($"'{path}' says that it is part {said + 1} of {parts}: the parts are not of one model, or were renamed.");
        }
    }
}
