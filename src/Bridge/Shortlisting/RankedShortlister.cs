using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>Picks tools by BM25 and ranks the best of every sentence again by what a trained ranker sees. Thread-safe; an array of tools is indexed once.</summary>
/// <param name="model">The ranker.</param>
/// <param name="earlier">What earlier requests say; <see langword="null"/> for nothing.</param>
internal sealed class RankedShortlister(RankModel model, IEarlierRequests? earlier = null) : IShortlister
{
    private const float NotRanked = -10_000;

    // How much less an earlier turn counts than the last: less than what tells a tool that fits from one that does not.
    private const float EarlierTurn = 3;

    // What a tool gains that served the very same request once: as much as does no harm where tools serve one request each.
    private const float EarlierRequest = 25;

    /// <summary>Makes a shortlister with the ranker that ships with Bridge.</summary>
    public RankedShortlister()
        : this(RankModel.Shipped)
    {
    }

    /// <inheritdoc/>
    public ValueTask<ImmutableArray<Tool>> PickAsync(Prompt prompt, ImmutableArray<Tool> tools, int count, CancellationToken cancellationToken) =>
        new(Pick(prompt, tools, count));

    /// <summary>Picks at most so many tools.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tools">The allowed tools in catalog order.</param>
    /// <param name="count">The most tools to pick.</param>
    /// <returns>The picked tools, in catalog order.</returns>
    public ImmutableArray<Tool> Pick(Prompt prompt, ImmutableArray<Tool> tools, int count)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (tools.Length <= count)
        {
            return tools;
        }

        Bm25Index index = Bm25Index.For(tools);
        RankScratch scratch = RankScratch.Rent(index.Count);
        Score(index, prompt, tools, scratch);
        int[] places = ArrayPool<int>.Shared.Rent(count);
        Span<int> picked = places.AsSpan(0, count);
        TopScores.Pick(scratch.Best, picked);
        var chosen = new Tool[count];
        for (int i = 0; i < count; i++)
        {
            chosen[i] = tools[picked[i]];
        }

        ArrayPool<int>.Shared.Return(places);
        scratch.Return();
        return ImmutableCollectionsMarshal.AsImmutableArray(chosen);
    }

    /// <summary>Scores all tools.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="tools">The allowed tools in catalog order.</param>
    /// <param name="scores">Receives what each is ranked by; negative infinity for a tool of which nothing was said.</param>
    public void Rank(Prompt prompt, ImmutableArray<Tool> tools, Span<float> scores)
    {
        Bm25Index index = Bm25Index.For(tools);
        RankScratch scratch = RankScratch.Rent(index.Count);
        Score(index, prompt, tools, scratch);
        for (int place = 0; place < index.Count; place++)
        {
            scores[place] = scratch.Best[place] == NotRanked ? float.NegativeInfinity : scratch.Best[place];
        }

        scratch.Return();
    }

    private void Score(Bm25Index index, Prompt prompt, ImmutableArray<Tool> tools, RankScratch scratch)
    {
        // What is not looked at closely follows what is, by BM25.
        scratch.Best.Fill(NotRanked);
        var receiver = new Receiver(model, scratch);
        RankReader.Read(index, prompt, scratch, ref receiver);
        AddEarlier(prompt, tools, scratch.Best);
        for (int place = 0; place < scratch.Best.Length; place++)
        {
            if (scratch.Best[place] == NotRanked)
            {
                scratch.Best[place] += scratch.WholeScores[place];
            }
        }
    }

    // A tool that no word speaks for begins where the last of those begins that words speak for.
    private void AddEarlier(Prompt prompt, ImmutableArray<Tool> tools, Span<float> best)
    {
        if (earlier is null)
        {
            return;
        }

        float[] weights = ArrayPool<float>.Shared.Rent(tools.Length);
        if (earlier.TryWeigh(prompt, tools, weights))
        {
            float least = LeastOf(best);
            for (int place = 0; place < best.Length; place++)
            {
                if (weights[place] > 0)
                {
                    best[place] = (best[place] == NotRanked ? least : best[place]) + (EarlierRequest * weights[place]);
                }
            }
        }

        ArrayPool<float>.Shared.Return(weights);
    }

    private static float LeastOf(ReadOnlySpan<float> best)
    {
        float least = float.PositiveInfinity;
        foreach (float score in best)
        {
            least = score != NotRanked ? Math.Min(least, score) : least;
        }

        return float.IsFinite(least) ? least : 0;
    }

    // A tool is worth what the part that speaks most for it says.
    private readonly struct Receiver(RankModel model, RankScratch scratch) : IRankReceiver
    {
        public void Receive(int tool, ReadOnlySpan<float> row, int turn)
        {
            float score = model.Score(row) - (turn > 0 ? EarlierTurn : 0);
            scratch.Best[tool] = Math.Max(scratch.Best[tool], score);
        }
    }
}
