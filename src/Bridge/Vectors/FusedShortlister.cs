using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Vectors;

/// <summary>Picks tools by their words and, where configuration names a model of embeddings, by their vectors as well: by reciprocal ranks. Thread-safe.</summary>
/// <remarks>Cormack, Clarke, Büttcher: "Reciprocal Rank Fusion outperforms Condorcet and individual Rank Learning Methods" (2009).</remarks>
/// <param name="words">Ranks by words.</param>
/// <param name="model">The model of embeddings.</param>
/// <param name="calls">Asks it.</param>
/// <param name="vectors">The vectors of tools.</param>
internal sealed class FusedShortlister(RankedShortlister words, EmbeddingModel model, EmbeddingCalls calls, ToolVectors vectors) : IShortlister
{
    private const float Constant = 60;
    private const int MaxText = 8_000;

    // A vector says something of every tool; only of the nearest it says that they are meant.
    private const int Nearest = 50;

    // A prompt is ranked more than once where callers differ, and asked for once.
    private readonly ConditionalWeakTable<Prompt, Task<float[][]?>> _asked = [];

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Tool>> PickAsync(Prompt prompt, ImmutableArray<Tool> tools, int count, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return tools.Length <= count || string.IsNullOrEmpty(model.Name) || prompt.UserText.Length == 0
            ? words.PickAsync(prompt, tools, count, cancellationToken)
            : FuseAsync(prompt, tools, count, cancellationToken);
    }

    private async ValueTask<ImmutableArray<Tool>> FuseAsync(Prompt prompt, ImmutableArray<Tool> tools, int count, CancellationToken cancellationToken)
    {
        float[]?[] found = new float[]?[tools.Length];
        vectors.Find(tools, found);
        float[][]? asked = await _asked.GetValue(prompt, AskAsync).WaitAsync(cancellationToken).ConfigureAwait(false);
        vectors.Find(tools, found);
        return asked is { Length: 1 } && Array.Exists(found, vector => vector?.Length == asked[0].Length)
            ? Pick(prompt, tools, count, asked[0], found)
            : words.Pick(prompt, tools, count);
    }

    // Its own limit ends it, whoever asked first.
    private Task<float[][]?> AskAsync(Prompt prompt) =>
        calls.TryAsync([prompt.UserText is { Length: > MaxText } text ? text[^MaxText..] : prompt.UserText], model.Timeout, CancellationToken.None);

    private ImmutableArray<Tool> Pick(Prompt prompt, ImmutableArray<Tool> tools, int count, float[] query, float[]?[] found)
    {
        float[] room = ArrayPool<float>.Shared.Rent(3 * tools.Length);
        Span<float> scores = room.AsSpan(0, tools.Length);
        Span<float> byWords = room.AsSpan(tools.Length, tools.Length);
        Span<float> near = room.AsSpan(2 * tools.Length, tools.Length);
        scores.Clear();
        words.Rank(prompt, tools, byWords);
        AddRanks(byWords, tools.Length, scores);
        for (int i = 0; i < tools.Length; i++)
        {
            near[i] = found[i] is { } vector && vector.Length == query.Length ? VectorMath.Dot(query, vector) : float.NegativeInfinity;
        }

        AddRanks(near, Nearest, scores);
        int[] picked = new int[count];
        TopScores.Pick(scores, picked);
        ArrayPool<float>.Shared.Return(room);
        return ImmutableCollectionsMarshal.AsImmutableArray(Array.ConvertAll(picked, place => tools[place]));
    }

    // Equal values share the middle of their ranks: nobody gets to the front by standing early in the catalog.
    private static void AddRanks(ReadOnlySpan<float> values, int most, Span<float> scores)
    {
        float[] keys = new float[values.Length];
        int[] places = new int[values.Length];
        for (int i = 0; i < places.Length; i++)
        {
            keys[i] = -values[i];
            places[i] = i;
        }

        Array.Sort(keys, places);
        for (int first = 0, next; first < places.Length && !float.IsPositiveInfinity(keys[first]); first = next)
        {
            next = first + 1;
            while (next < places.Length && keys[next] == keys[first])
            {
                next++;
            }

            float rank = (first + 1 + next) / 2f;
            for (int i = first; i < next && rank <= most; i++)
            {
                scores[places[i]] += 1 / (Constant + rank);
            }
        }
    }
}
