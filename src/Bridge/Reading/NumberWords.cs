using System.Collections.Frozen;

namespace Bridge.Reading;

/// <summary>Numbers in English words.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, int> s_values = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7,
        ["eight"] = 8, ["nine"] = 9, ["ten"] = 10, ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14,
        ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19, ["twenty"] = 20,
        ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
        ["dozen"] = 12, ["twice"] = 2, ["thrice"] = 3,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, decimal> s_scales = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase)
    {
        ["hundred"] = 100, ["thousand"] = 1_000, ["million"] = 1_000_000, ["billion"] = 1_000_000_000,
        ["trillion"] = 1_000_000_000_000, ["k"] = 1_000, ["bn"] = 1_000_000_000,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>What a scale word multiplies with.</summary>
    /// <param name="word">The word, such as <c>million</c>.</param>
    /// <returns>The factor; <see langword="null"/> when it is no scale word.</returns>
    public static decimal? Scale(ReadOnlySpan<char> word) =>
        s_scales.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out decimal factor) ? factor : null;

    /// <summary>Reads the number that begins at a word: <c>twenty five</c>, <c>three hundred</c>, <c>two million</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">The place of the first word.</param>
    /// <param name="value">The number.</param>
    /// <returns>How many words it takes; 0 when no number begins here.</returns>
    public static int Read(RequestText text, int first, out decimal value)
    {
        value = 0;
        decimal group = 0;
        int last = 0;
        int position = first;
        for (; position < text.Words.Length && Follows(text, first, position); position++)
        {
            ReadOnlySpan<char> word = Spelling(text, position);
            if (s_values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int unit) && (last is 0 or 100 || (last >= 20 && unit < 10 && last % 10 == 0)))
            {
                group += unit;
                last = unit == 0 ? 1 : unit;
            }
            else if (position > first && word.Length > 2 && Scale(word) is { } factor)
            {
                (value, group, last) = factor == 100 ? (value, group * 100, 100) : (value + (group * factor), 0, 0);
            }
            else
            {
                break;
            }
        }

        value += group;
        return position - first;
    }

    private static bool Follows(RequestText text, int first, int position) =>
        position == first || text.Text.AsSpan(text.Words[position - 1].End..text.Words[position].Start) is " " or "-";

    private static ReadOnlySpan<char> Spelling(RequestText text, int position) =>
        text.Text.AsSpan(text.Words[position].Start..text.Words[position].End);
}
