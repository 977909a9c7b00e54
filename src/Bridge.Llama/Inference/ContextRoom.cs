namespace Bridge.Llama.Inference;

/// <summary>How much of a context is taken: what prompts have in common is there once.</summary>
internal static class ContextRoom
{
    /// <summary>The tokens that some beginnings take together.</summary>
    public static int Taken(IEnumerable<int[]> beginnings)
    {
        int[][] sorted = [.. beginnings];
        Array.Sort(sorted, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        int taken = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            taken += sorted[i].Length - (i == 0 ? 0 : sorted[i].AsSpan().CommonPrefixLength(sorted[i - 1]));
        }

        return taken;
    }
}
