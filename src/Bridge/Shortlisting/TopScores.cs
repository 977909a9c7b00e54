namespace Bridge.Shortlisting;

/// <summary>Finds the highest of many scores without sorting them all.</summary>
internal static class TopScores
{
    /// <summary>Picks the places of the highest scores.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="picked">Receives the places, ascending; of equal scores, the earlier wins. No longer than the scores.</param>
    public static void Pick(ReadOnlySpan<float> scores, Span<int> picked)
    {
        if (picked.IsEmpty)
        {
            return;
        }

        // A heap of the best so far, the worst of them on top.
        int held = 0;
        for (int place = 0; place < scores.Length; place++)
        {
            if (held < picked.Length)
            {
                picked[held++] = place;
                Rise(scores, picked, held - 1);
            }
            else if (scores[place] > scores[picked[0]])
            {
                picked[0] = place;
                Sink(scores, picked);
            }
        }

        picked.Sort();
    }

    private static void Rise(ReadOnlySpan<float> scores, Span<int> heap, int at)
    {
        while (at > 0 && IsWorse(scores, heap[at], heap[(at - 1) / 2]))
        {
            (heap[at], heap[(at - 1) / 2]) = (heap[(at - 1) / 2], heap[at]);
            at = (at - 1) / 2;
        }
    }

    private static void Sink(ReadOnlySpan<float> scores, Span<int> heap)
    {
        for (int at = 0; ;)
        {
            int least = at;
            for (int child = (2 * at) + 1; child <= (2 * at) + 2 && child < heap.Length; child++)
            {
                least = IsWorse(scores, heap[child], heap[least]) ? child : least;
            }

            if (least == at)
            {
                return;
            }

            (heap[at], heap[least]) = (heap[least], heap[at]);
            at = least;
        }
    }

    private static bool IsWorse(ReadOnlySpan<float> scores, int place, int other) =>
        scores[place] < scores[other] || (scores[place] == scores[other] && place > other);
}
