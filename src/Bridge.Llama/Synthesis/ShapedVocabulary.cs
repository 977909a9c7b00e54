using System.Text.RegularExpressions;

namespace Bridge.Llama.Synthesis;

/// <summary>A vocabulary as long as a real model's, in which usual text takes about a token a word.</summary>
public static partial class ShapedVocabulary
{
    private const int SpecialTokens = 5;
    private const int LongestPiece = 24;

    // Real vocabularies of this size hold some hundred rows nothing uses.
    private const int Unused = 256;

    /// <summary>Builds it: letter pairs, then the pieces of what text there is by how often they occur, then letters in fours.</summary>
    /// <param name="length">How many tokens.</param>
    /// <param name="texts">Texts such as the model is going to read.</param>
    public static BpeVocabulary Build(int length, IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        BpeVocabulary vocabulary = new();
        int limit = length - Unused - SpecialTokens;
        foreach (string piece in Pairs().Concat(Frequent(texts)).Concat(Fours()))
        {
            if (!vocabulary.Learn(piece, limit))
            {
                break;
            }
        }

        ChatMarkup.AddTokens(vocabulary);
        vocabulary.Pad(length);
        return vocabulary;
    }

    private static IEnumerable<string> Pairs() =>
        from left in Letters(" abcdefghijklmnopqrstuvwxyz")
        from right in Letters("abcdefghijklmnopqrstuvwxyz")
        select left + right;

    private static IEnumerable<string> Fours() =>
        from left in Pairs()
        from right in Pairs()
        where right[0] != ' '
        select left + right;

    private static IEnumerable<string> Letters(string letters) => letters.Select(letter => letter.ToString());

    private static IEnumerable<string> Frequent(IEnumerable<string> texts)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (string text in texts)
        {
            foreach (ValueMatch match in Piece().EnumerateMatches(text))
            {
                if (match.Length is > 1 and <= LongestPiece)
                {
                    ReadOnlySpan<char> piece = text.AsSpan(match.Index, match.Length);
                    lookup[piece] = lookup.TryGetValue(piece, out int count) ? count + 1 : 1;
                }
            }
        }

        return counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key);
    }

    [GeneratedRegex(@"[^\r\n\p{L}\p{N}]?\p{L}+| ?[^\s\p{L}\p{N}]+\n*|\n+| {2,}", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();
}
