using System.Globalization;
using System.Text.RegularExpressions;

namespace Bridge.Llama.Gguf;

/// <summary>The name of one part of a model in several files: <c>NAME-00001-of-00003.gguf</c>.</summary>
/// <param name="Prefix">The name before the numbers, with its folder.</param>
/// <param name="Number">The part, from 1.</param>
/// <param name="Count">How many parts there are.</param>
public sealed partial record SplitName(string Prefix, int Number, int Count)
{
    /// <summary>All parts' paths, in order.</summary>
    public IEnumerable<string> Paths => Enumerable.Range(1, Count).Select(PathOf);

    /// <summary>Reads a path.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The name; <see langword="null"/> when it is not that of a part.</returns>
    public static SplitName? Parse(string path)
    {
        Match match = Pattern().Match(path);
        if (!match.Success)
        {
            return null;
        }

        int number = int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture);
        int count = int.Parse(match.Groups[3].ValueSpan, CultureInfo.InvariantCulture);
        return number >= 1 && number <= count ? new SplitName(match.Groups[1].Value, number, count) : null;
    }

    /// <summary>The path of a part.</summary>
    /// <param name="number">The part, from 1.</param>
    public string PathOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}-{number:D5}-of-{Count:D5}.gguf");

    [GeneratedRegex(@"^(.+)-([0-9]{5})-of-([0-9]{5})\.gguf$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
