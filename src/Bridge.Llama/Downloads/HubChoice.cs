using System.Text.RegularExpressions;
using Bridge.Llama.Gguf;

namespace Bridge.Llama.Downloads;

/// <summary>Chooses the files of one model among those of a repository, which usually holds many quantisations of it.</summary>
internal static partial class HubChoice
{
    // What runs well on most machines first.
    private static readonly string[] s_preferred = ["Q4_K_M", "Q4_K_S", "Q4_0", "Q5_K_M", "Q8_0"];

    /// <summary>Chooses.</summary>
    /// <param name="files">The repository's files.</param>
    /// <param name="reference">What is asked for.</param>
    /// <returns>The file, or all parts of a split one in order.</returns>
    /// <exception cref="DownloadException">Nothing fits, or too much does.</exception>
    public static IReadOnlyList<HubFile> Of(IReadOnlyList<HubFile> files, HubReference reference)
    {
        ILookup<string, HubFile> models = files.Where(IsModel).ToLookup(KeyOf);
        if (models.Count == 0)
        {
            throw new DownloadException($"'{reference.Repository}' holds no GGUF model: look for a repository whose name ends in 'GGUF'.");
        }

        string[] fitting = reference.Choice is { } choice
            ? [.. models.Select(model => model.Key).Where(key => Fits(key, choice))]
            : Preferred(models);
        return fitting switch
        {
            [string only] => InOrder(models[only], reference),
            [] => throw new DownloadException($"'{reference.Repository}' holds no '{reference.Choice}'; there are {Names(models.Select(model => model.Key))}."),
            _ => throw new DownloadException($"'{reference}' fits {Names(fitting)}: name one of these files behind the colon."),
        };
    }

    private static string[] Preferred(ILookup<string, HubFile> models)
    {
        string[] all = [.. models.Select(model => model.Key)];
        return all.Length == 1
            ? all
            : s_preferred.Select(type => (string[])[.. all.Where(key => Fits(key, type))]).FirstOrDefault(found => found.Length > 0) ?? all;
    }

    // Projectors of pictures and matrices of importance carry the ending of models.
    private static bool IsModel(HubFile file)
    {
        string name = System.IO.Path.GetFileName(file.Path);
        return name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase)
            && !name.Contains("mmproj", StringComparison.OrdinalIgnoreCase)
            && !name.Contains("imatrix", StringComparison.OrdinalIgnoreCase);
    }

    // Parts of one model have one key: the path without the part's number.
    private static string KeyOf(HubFile file) => SplitName.Parse(file.Path) is { } split ? $"{split.Prefix}.gguf" : file.Path;

    private static bool Fits(string key, string choice) =>
        key.Equals(choice, StringComparison.Ordinal)
        || (SplitName.Parse(choice) is { } split && key == $"{split.Prefix}.gguf")
        || Words().Matches(key[..^".gguf".Length]).Any(word => word.Value.Equals(choice, StringComparison.OrdinalIgnoreCase));

    private static HubFile[] InOrder(IEnumerable<HubFile> parts, HubReference reference)
    {
        HubFile[] ordered = [.. parts.OrderBy(part => part.Path, StringComparer.Ordinal)];
        int expected = SplitName.Parse(ordered[0].Path)?.Count ?? 1;
        return ordered.Length == expected
            ? ordered
            : throw new DownloadException($"'{reference.Repository}' holds {ordered.Length} of the {expected} parts of '{ordered[0].Path}'.");
    }

    private static string Names(IEnumerable<string> keys) => string.Join(", ", keys.Order(StringComparer.Ordinal).Select(key => $"'{key}'"));

    // "UD-Q4_K_M" and "model.Q4_K_M" both hold the word "Q4_K_M".
    [GeneratedRegex("[A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex Words();
}
