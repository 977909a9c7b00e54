using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Collects what a slot could take, from every source, each value once for each place in the text.</summary>
internal static class SlotOptions
{
    private static readonly ImmutableArray<IOptionSource> s_sources =
    [
        new NumberOptions(), new ChoiceOptions(), new BooleanOptions(), new DateOptions(), new StringOptions(), new FreeTextOptions(),
        new ListOptions(), new DefaultOptions(), new SpanOptions(), new ListSpanOptions(), new PlaceOptions(), new TimeSpanOptions(),
    ];

    private static readonly FreeTextOptions s_whole = new();

    /// <summary>How many sources there are.</summary>
    public static int Sources => s_sources.Length;

    /// <summary>The place of <see cref="SpanOptions"/> among the sources.</summary>
    public static int Spans { get; } = s_sources.IndexOf(s_sources.First(source => source is SpanOptions));

    /// <summary>Collects.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="card">The tool.</param>
    /// <param name="slot">The slot.</param>
    /// <returns>The options in the order in which arguments are meant.</returns>
    public static List<Option> Of(RequestReading reading, ToolCard card, Slot slot)
    {
        var all = new List<Option>();
        if (slot is { Required: true, IsClosed: false } && FreeTextOptions.IsQuestion(slot) && reading.Text.Text.Length > 0)
        {
            s_whole.AddOptions(reading, card, slot, all); // a question is asked as it stands
            return all;
        }

        for (int i = 0; i < s_sources.Length; i++)
        {
            int known = all.Count;
            s_sources[i].AddOptions(reading, card, slot, all);
            for (int j = known; j < all.Count; j++)
            {
                all[j].Source = i;
            }
        }

        return Distinct(all);
    }

    // Of the same value at the same place, what plain rules find best.
    private static List<Option> Distinct(List<Option> all)
    {
        var latest = new Dictionary<(int, int), int>(all.Count); // by place: the last option there; values are compared only with those
        int[] earlier = new int[all.Count];
        var distinct = new List<Option>(all.Count);
        foreach (Option option in all)
        {
            ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(latest, (option.Start, option.End), out bool isKnown);
            int at = isKnown ? last : -1;
            while (at >= 0 && distinct[at].Key != option.Key)
            {
                at = earlier[at];
            }

            if (at < 0)
            {
                earlier[distinct.Count] = isKnown ? last : -1;
                last = distinct.Count;
                distinct.Add(option);
            }
            else if (option.Score > distinct[at].Score)
            {
                distinct[at] = option;
            }
        }

        return Sorted(distinct);
    }

    // In the order in which arguments are meant, the shorter first; else as they were found.
    private static List<Option> Sorted(List<Option> options)
    {
        // Positions in a text of bounded length, and the place of an option, take 20 bits each.
        long[] keys = new long[options.Count];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = ((long)options[i].Order << 40) | ((long)options[i].End << 20) | (uint)i;
        }

        Array.Sort(keys);
        var sorted = new List<Option>(keys.Length);
        foreach (long key in keys)
        {
            sorted.Add(options[(int)(key & 0xFFFFF)]);
        }

        return sorted;
    }
}
