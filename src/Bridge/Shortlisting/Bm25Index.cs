using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>BM25F over tool definitions, immutable: postings hold finished impacts, so that a query only adds.</summary>
/// <remarks>Robertson, Zaragoza: "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), the simple extension to fields.</remarks>
internal sealed class Bm25Index
{
    private const int MaxQueryTerms = 256;

    private static readonly ConditionalWeakTable<Tool[], Bm25Index> s_known = [];

    private readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _terms;
    private readonly int[] _starts;
    private readonly int[] _tools;
    private readonly float[] _impacts;

    /// <summary>Takes finished postings.</summary>
    /// <param name="count">How many tools there are.</param>
    /// <param name="terms">The number of every term.</param>
    /// <param name="starts">Where the postings of each term begin, and where the last end.</param>
    /// <param name="tools">The tool of each posting.</param>
    /// <param name="impacts">What each posting adds to its tool's score.</param>
    public Bm25Index(int count, FrozenDictionary<string, int> terms, int[] starts, int[] tools, float[] impacts)
    {
        Count = count;
        _terms = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        _starts = starts;
        _tools = tools;
        _impacts = impacts;
    }

    /// <summary>How many tools are indexed.</summary>
    public int Count { get; }

    /// <summary>The index of tools, built once for each array.</summary>
    /// <param name="tools">The tools.</param>
    public static Bm25Index For(ImmutableArray<Tool> tools) =>
        s_known.GetValue(ImmutableCollectionsMarshal.AsArray(tools)!, static array => Bm25IndexBuilder.Build(array));

    /// <summary>Adds the scores of a text; a word counts once, however often it is said.</summary>
    /// <param name="text">The text.</param>
    /// <param name="weight">What its scores are multiplied with.</param>
    /// <param name="scores">A score for each tool, added to.</param>
    public void AddScores(ReadOnlySpan<char> text, float weight, Span<float> scores)
    {
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        Span<int> seen = stackalloc int[MaxQueryTerms];
        int count = 0;
        var reader = new StemReader(text, buffer);
        while (count < MaxQueryTerms && reader.MoveNext())
        {
            if (_terms.TryGetValue(reader.Current, out int term) && !seen[..count].Contains(term))
            {
                seen[count++] = term;
                AddTerm(term, weight, scores);
            }
        }
    }

    /// <summary>Picks the best tools.</summary>
    /// <param name="scores">A score for each tool.</param>
    /// <param name="picked">Receives the places of the best, in catalog order; of equals, the earlier wins.</param>
    public static void PickBest(ReadOnlySpan<float> scores, Span<int> picked)
    {
        if (picked.IsEmpty)
        {
            return;
        }

        float[] sorted = ArrayPool<float>.Shared.Rent(scores.Length);
        Span<float> order = sorted.AsSpan(0, scores.Length);
        scores.CopyTo(order);
        order.Sort();
        float least = order[^picked.Length];
        int atLeast = picked.Length - (order.Length - UpperBound(order, least));
        ArrayPool<float>.Shared.Return(sorted);

        for (int i = 0, next = 0; next < picked.Length; i++)
        {
            if (scores[i] > least || (scores[i] == least && atLeast-- > 0))
            {
                picked[next++] = i;
            }
        }
    }

    private static int UpperBound(ReadOnlySpan<float> sorted, float value)
    {
        int end = sorted.Length;
        while (end > 0 && sorted[end - 1] > value)
        {
            end--;
        }

        return end;
    }

    private void AddTerm(int term, float weight, Span<float> scores)
    {
        int end = _starts[term + 1];
        for (int i = _starts[term]; i < end; i++)
        {
            scores[_tools[i]] += weight * _impacts[i];
        }
    }
}
