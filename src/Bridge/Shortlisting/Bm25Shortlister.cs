using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Shortlisting;

/// <summary>Picks tools by BM25 over names, descriptions and parameters. Thread-safe; an array of tools is indexed once.</summary>
internal sealed class Bm25Shortlister : IShortlister
{
    /// <inheritdoc/>
    public ImmutableArray<Tool> Pick(Prompt prompt, ImmutableArray<Tool> tools, int count)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (tools.Length <= count)
        {
            return tools;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(tools.Length);
        int[] places = ArrayPool<int>.Shared.Rent(count);
        Span<float> scores = rented.AsSpan(0, tools.Length);
        Span<int> picked = places.AsSpan(0, count);
        scores.Clear();
        PromptQuery.AddScores(Bm25Index.For(tools), prompt, scores);
        Bm25Index.PickBest(scores, picked);

        var chosen = new Tool[count];
        for (int i = 0; i < count; i++)
        {
            chosen[i] = tools[picked[i]];
        }

        ArrayPool<float>.Shared.Return(rented);
        ArrayPool<int>.Shared.Return(places);
        return ImmutableCollectionsMarshal.AsImmutableArray(chosen);
    }
}
