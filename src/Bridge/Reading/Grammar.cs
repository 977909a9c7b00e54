using System.Collections.Frozen;
using Bridge.Shortlisting;

namespace Bridge.Reading;

/// <summary>Little words of English that carry structure. Kept as stems.</summary>
internal static class Grammar
{
    private static readonly FrozenSet<string> s_breaks = Stems(
        """
        between near around during after before until till within per via given called named titled vs versus against through across
        while since because there here now right away exactly approximately along without including whether
        """);

    private static readonly FrozenSet<string> s_requests = Stems(
        """
        find get calculate compute search book play order list tell show give fetch retrieve create make generate add delete remove
        update set send convert check determine estimate predict provide identify locate compare translate buy reserve
        schedule open close start stop run write read look analyze evaluate solve plan cook draw return display explain describe
        simulate measure track rate sort filter shuffle change modify hi hello hey thanks if also
        """);

    private static readonly FrozenSet<string> s_generic = Stems(
        """
        get find calculate compute retrieve search fetch return provide generate create make show give list check determine perform
        execute run process handle data information info detail details specific given certain particular current
        number value result name type list item based by function tool api service user various optional default
        """);

    private static readonly FrozenSet<string> s_negations = Stems("not no without never don exclude excluding except disable off skip avoid isn doesn shouldn");

    private static readonly FrozenSet<string> s_places = Stems("in at near around to from for within across");

    /// <summary>Whether a word ends a noun phrase, though it is no stop word.</summary>
    /// <param name="stem">The stem.</param>
    public static bool IsBreak(ReadOnlySpan<char> stem) => Contains(s_breaks, stem);

    /// <summary>Whether a word asks for something, such as <c>find</c>.</summary>
    /// <param name="stem">The stem.</param>
    public static bool IsRequest(ReadOnlySpan<char> stem) => Contains(s_requests, stem);

    /// <summary>Whether a word stands in so many tools that it tells none apart.</summary>
    /// <param name="stem">The stem.</param>
    public static bool IsGeneric(ReadOnlySpan<char> stem) => Contains(s_generic, stem);

    /// <summary>Whether a word denies what follows.</summary>
    /// <param name="stem">The stem.</param>
    public static bool IsNegation(ReadOnlySpan<char> stem) => Contains(s_negations, stem);

    /// <summary>Whether a place may follow the word.</summary>
    /// <param name="stem">The stem.</param>
    public static bool LeadsToPlace(ReadOnlySpan<char> stem) => Contains(s_places, stem);

    /// <summary>The stems of words.</summary>
    /// <param name="words">The words, or a name.</param>
    public static FrozenSet<string> Stems(string words) => List(words).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The stems of words, in order.</summary>
    /// <param name="words">The words, or a name.</param>
    public static List<string> List(string words)
    {
        var stems = new List<string>();
        var reader = new StemReader(words, stackalloc char[StemReader.MaxWord]);
        while (reader.MoveNext())
        {
            stems.Add(reader.Current.ToString());
        }

        return stems;
    }

    private static bool Contains(FrozenSet<string> words, ReadOnlySpan<char> stem) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(stem);
}
