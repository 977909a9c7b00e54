using System.Buffers;
using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>What features say of the words of a text, worked out once for all slots and tools.</summary>
/// <param name="reading">The text.</param>
internal sealed class TextFacts(RequestReading reading)
{
    private const uint Outside = 9;

    private static readonly SearchValues<char> s_ends = SearchValues.Create("\n.?!;");
    private static readonly SearchValues<char> s_quotes = SearchValues.Create("\"'`“”‘’");
    private static readonly SearchValues<char> s_brackets = SearchValues.Create("()[]{}");
    private static readonly SearchValues<char> s_signs = SearchValues.Create("$€£#@");
    private static readonly SearchValues<char> s_hyphens = SearchValues.Create("-_/");

    private readonly ImmutableArray<uint> _hashes = [.. reading.Text.Words.Select(word => FeatureHash.Of(word.Stem))];

    /// <summary>The text.</summary>
    public RequestText Text => reading.Text;

    /// <summary>The candidates.</summary>
    public IReadOnlyList<Candidate> Candidates => reading.Candidates;

    /// <summary>The number of words.</summary>
    public int Count => _hashes.Length;

    /// <summary>The word at a place, as a feature; one number each for what lies before and behind the text.</summary>
    public uint Word(int place) => place < 0 ? 11u : place >= Count ? 13u : _hashes[place];

    /// <summary>What stands between two positions.</summary>
    public uint Joint(int from, int to)
    {
        if (to <= from)
        {
            return 6;
        }

        ReadOnlySpan<char> between = Text.Text.AsSpan(from, to - from);
        return between.ContainsAny(s_ends) ? 1u
            : between.Contains(',') ? 2u
            : between.ContainsAny(s_quotes) ? 3u
            : between.ContainsAny(s_brackets) ? 4u
            : between.ContainsAny(':', '=') ? 7u
            : between.ContainsAny(s_signs) ? 8u
            : between.ContainsAny(s_hyphens) ? 9u
            : 0u;
    }

    /// <summary>How a word is written.</summary>
    public uint Shape(int place)
    {
        if (place < 0 || place >= Count)
        {
            return place < 0 ? 20u : 21u;
        }

        Word word = Text.Words[place];
        char first = Text.Text[word.Start];
        if (char.IsUpper(first))
        {
            bool shouted = word.End - word.Start > 1 && char.IsUpper(Text.Text[word.End - 1]);
            return Text.Before(word.Start) is '\n' or '.' or '?' or '!' ? 2u : shouted ? 3u : 4u;
        }

        return char.IsDigit(first) ? 1u : !word.IsContent ? 6u : Grammar.IsRequest(word.Stem) ? 8u : 5u;
    }

    /// <summary>Whose word it is: the slot's, another slot's, the tool's, or nobody's.</summary>
    public uint Owner(ToolCard card, Slot slot, int place)
    {
        if (place < 0 || place >= Count)
        {
            return Outside;
        }

        Word word = Text.Words[place];
        return slot.IsNamed(word.Stem) ? 1u
            : !word.IsContent ? 6u
            : slot.Cues.ContainsKey(word.Stem) ? 2u
            : card.NamesSlot(word.Stem) ? 3u
            : card.NameStems.ContainsKey(word.Stem) ? 4u
            : card.Explains(word.Stem) ? 5u
            : 0u;
    }

    /// <summary>How far before a part the slot is named.</summary>
    public uint DistanceBefore(Slot slot, int first)
    {
        for (int distance = 0; distance < 10 && first - 1 - distance >= 0; distance++)
        {
            if (slot.IsNamed(Text.Words[first - 1 - distance].Stem))
            {
                return distance < 4 ? (uint)distance : distance < 7 ? 5u : 6u;
            }
        }

        return 15;
    }

    /// <summary>How far behind a part the slot is named.</summary>
    public uint DistanceAfter(Slot slot, int behind)
    {
        for (int distance = 0; distance < 8 && behind + distance < Count; distance++)
        {
            if (slot.IsNamed(Text.Words[behind + distance].Stem))
            {
                return distance < 4 ? (uint)distance : 5u;
            }
        }

        return 15;
    }
}
