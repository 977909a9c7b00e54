using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Reading;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>What features say of the words of a text, worked out once for all slots and tools.</summary>
/// <param name="reading">The text.</param>
internal sealed class TextFacts(RequestReading reading)
{
    private const uint NoJoint = 5;

    private static readonly SearchValues<char> s_ends = SearchValues.Create("\n.?!;");
    private static readonly SearchValues<char> s_quotes = SearchValues.Create("\"'`“”‘’");
    private static readonly SearchValues<char> s_brackets = SearchValues.Create("()[]{}");
    private static readonly SearchValues<char> s_signs = SearchValues.Create("$€£#@");
    private static readonly SearchValues<char> s_hyphens = SearchValues.Create("-_/");

    private readonly ImmutableArray<uint> _hashes = [.. reading.Text.Words.Select(word => FeatureHash.Of(word.Stem))];
    private readonly ImmutableArray<uint> _shapes = [.. reading.Text.Words.Select(word => ShapeOf(reading.Text, word))];
    private readonly ImmutableArray<uint> _joints = [.. reading.Text.Words.Zip(reading.Text.Words.Skip(1), (word, next) => Joint(reading.Text, word.End, next.Start))];
    private readonly ImmutableArray<int> _requests = Sums(reading.Text.Words, word => Grammar.IsRequest(word.Stem));
    private readonly Dictionary<(int Start, int End), uint> _covers = [];

    /// <summary>The text.</summary>
    public RequestText Text => reading.Text;

    /// <summary>The number of words.</summary>
    public int Count => _hashes.Length;

    /// <summary>The word at a place, as a feature; one number each for what lies before and behind the text.</summary>
    public uint Word(int place) => place < 0 ? 11u : place >= Count ? 13u : _hashes[place];

    /// <summary>What stands between a word and what follows it.</summary>
    /// <param name="place">The place of the word; -1 for none.</param>
    /// <param name="next">Where that begins.</param>
    public uint JointBehind(int place, int next) => place < 0 ? NoJoint
        : place + 1 < Count && next == Text.Words[place + 1].Start ? _joints[place]
        : Joint(Text, Text.Words[place].End, next);

    /// <summary>What stands between something and the word that follows it.</summary>
    /// <param name="end">Where that ends.</param>
    /// <param name="place">The place of the word; the number of words for none.</param>
    public uint JointBefore(int end, int place) => place >= Count ? NoJoint
        : place > 0 && end == Text.Words[place - 1].End ? _joints[place - 1]
        : Joint(Text, end, Text.Words[place].Start);

    private static uint Joint(RequestText text, int from, int to)
    {
        if (to <= from)
        {
            return 6;
        }

        ReadOnlySpan<char> between = text.Text.AsSpan(from, to - from);
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
    public uint Shape(int place) => place < 0 ? 20u : place >= Count ? 21u : _shapes[place];

    /// <summary>How many words of a run ask for something.</summary>
    public int Requests(int first, int behind) => _requests[behind] - _requests[first];

    /// <summary>How a run of words lies to the candidates: it is one, lies within one, holds one, or cuts one.</summary>
    public uint Cover(int start, int end)
    {
        if (!_covers.TryGetValue((start, end), out uint cover))
        {
            cover = CoverOf(start, end);
            _covers.Add((start, end), cover);
        }

        return cover;
    }

    /// <summary>For every place how many words before it have a property.</summary>
    public static ImmutableArray<int> Sums(ImmutableArray<Word> words, Func<Word, bool> has)
    {
        int[] sums = new int[words.Length + 1];
        for (int i = 0; i < words.Length; i++)
        {
            sums[i + 1] = sums[i] + (has(words[i]) ? 1 : 0);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(sums);
    }

    private uint CoverOf(int start, int end)
    {
        uint cover = 0;
        foreach (Candidate candidate in reading.Candidates)
        {
            if (candidate.Kind == CandidateKind.Phrase || !candidate.Overlaps(start, end))
            {
                continue;
            }

            if (candidate.Start == start && candidate.End == end)
            {
                return 10 + (uint)candidate.Kind;
            }

            bool within = candidate.Start <= start && candidate.End >= end;
            bool holds = candidate.Start >= start && candidate.End <= end;
            cover |= within ? 1u : holds ? 2u : 4u;
        }

        return cover;
    }

    private static uint ShapeOf(RequestText text, Word word)
    {
        char first = text.Text[word.Start];
        if (char.IsUpper(first))
        {
            bool shouted = word.End - word.Start > 1 && char.IsUpper(text.Text[word.End - 1]);
            return text.Before(word.Start) is '\n' or '.' or '?' or '!' ? 2u : shouted ? 3u : 4u;
        }

        return char.IsDigit(first) ? 1u : !word.IsContent ? 6u : Grammar.IsRequest(word.Stem) ? 8u : 5u;
    }
}
