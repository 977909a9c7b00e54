namespace Bridge.Schemas.Automata;

/// <summary>Cuts overlapping ranges of code points into disjoint ones, each with all it leads to.</summary>
internal static class CodePointSweep
{
    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    /// <summary>The disjoint ranges in order; surrogates, which are no characters, are left out.</summary>
    public static IEnumerable<(int First, int Last, int[] Targets)> Of(List<(int First, int Last, int Target)> ranges)
    {
        var events = new List<(int At, int Target, int Change)>();
        foreach ((int first, int last, int target) in ranges)
        {
            AddEvents(events, first, Math.Min(last, FirstSurrogate - 1), target);
            AddEvents(events, Math.Max(first, LastSurrogate + 1), last, target);
        }

        events.Sort();
        var active = new SortedDictionary<int, int>();
        for (int i = 0; i < events.Count;)
        {
            int at = events[i].At;
            for (; i < events.Count && events[i].At == at; i++)
            {
                int count = active.GetValueOrDefault(events[i].Target) + events[i].Change;
                if (count == 0)
                {
                    active.Remove(events[i].Target);
                }
                else
                {
                    active[events[i].Target] = count;
                }
            }

            if (active.Count > 0)
            {
                yield return (at, events[i].At - 1, [.. active.Keys]);
            }
        }
    }

    private static void AddEvents(List<(int At, int Target, int Change)> events, int first, int last, int target)
    {
        if (first <= last)
        {
            events.Add((first, target, 1));
            events.Add((last + 1, target, -1));
        }
    }
}
