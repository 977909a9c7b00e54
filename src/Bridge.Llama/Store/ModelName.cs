using System.Text.RegularExpressions;
using Bridge.Llama.Gguf;

namespace Bridge.Llama.Store;

/// <summary>The names models have here: <c>llama/NAME</c> is how they are chosen.</summary>
internal static partial class ModelName
{
    private const int Longest = 60;

    /// <summary>Whether what stands behind <c>llama/</c> is the path of a file rather than a name of the store.</summary>
    public static bool IsPath(string name) => name.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);

    /// <summary>Takes a name a person gave.</summary>
    /// <param name="text">The name; capitals make no difference.</param>
    /// <exception cref="ModelStoreException">It cannot be a name.</exception>
    public static string Check(string text)
    {
#pragma warning disable CA1308 // Names are shown, and shown small.
        string name = text.ToLowerInvariant();
#pragma warning restore CA1308
        return name.Length <= Longest && Pattern().IsMatch(name)
            ? name
            : throw new ModelStoreException($"'{text}' cannot be the name of a model: write 1 to {Longest} letters, digits, '.', '_' and '-', beginning with a letter or digit.");
    }

    /// <summary>A name from a file's.</summary>
    /// <param name="path">The file.</param>
    public static string FromFile(string path)
    {
        string stem = SplitName.Parse(path) is { } split ? Path.GetFileName(split.Prefix) : Path.GetFileNameWithoutExtension(path);
        string name = Strange().Replace(stem, "-").Trim('-', '.', '_');
        name = name.Length > Longest ? name[..Longest].TrimEnd('-', '.', '_') : name;
        return Check(name.Length == 0 ? "model" : name);
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Strange();
}
