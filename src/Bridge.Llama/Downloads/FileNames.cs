using System.Text.RegularExpressions;

namespace Bridge.Llama.Downloads;

/// <summary>What files from elsewhere are called here.</summary>
internal static partial class FileNames
{
    private const string Ending = ".gguf";
    private const int Longest = 150;

    /// <summary>A name that is no path, whatever the other side says.</summary>
    /// <param name="path">The path on the other side.</param>
    public static string Of(string path)
    {
        string name = Strange().Replace(path[(path.LastIndexOf('/') + 1)..], "-").TrimStart('.', '-');
        string stem = name.EndsWith(Ending, StringComparison.OrdinalIgnoreCase) ? name[..^Ending.Length] : name;
        stem = stem.Length > Longest ? stem[..Longest] : stem;
        return $"{(stem.Length == 0 ? "model" : stem)}{Ending}";
    }

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Strange();
}
