using System.Collections.Frozen;

namespace Bridge.Shortlisting;

/// <summary>Words that say nothing about which tool is meant. Kept as stems.</summary>
internal static class StopWords
{
    private static readonly FrozenSet<string> s_words = BuildSet(
        """
        a an the this that these those it its of to for in on at by with from as into onto over under about than then so if
        is are was were be been being am do does did doing done has have had having can could will would shall should may might must
        i me my mine we us our you your he she they them their his her who whom whose what which when where why how
        and or not no but also too very just only some any all each every both more most other another such same
        please want need like would let us help know tell give show s t d ll re ve m
        tool tools use uses used using available function functions
        """);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup =
        s_words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a stem is that of a stop word.</summary>
    /// <param name="stem">The stem.</param>
    public static bool Contains(ReadOnlySpan<char> stem) => s_lookup.Contains(stem);

    private static FrozenSet<string> BuildSet(string words)
    {
        var stems = new HashSet<string>(StringComparer.Ordinal);
        Span<char> buffer = stackalloc char[StemReader.MaxWord];
        var reader = new StemReader(words, buffer);
        while (reader.MoveNext())
        {
            stems.Add(reader.Current.ToString());
        }

        return stems.ToFrozenSet(StringComparer.Ordinal);
    }
}
