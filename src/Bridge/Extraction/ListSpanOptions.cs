using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Offers enumerations of the text, and single runs of words, to lists of strings.</summary>
internal sealed class ListSpanOptions : IOptionSource
{
    private const int MaxItems = 8;
    private const int MaxItemWords = 4;
    private const int MaxLists = 200;

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        ParameterType type = slot.Parameter.Item?.Type ?? ParameterType.Any;
        if (slot.Type != ParameterType.Array || slot.IsClosed || type is not (ParameterType.String or ParameterType.Any))
        {
            return;
        }

        int lists = 0;
        RequestText text = reading.Text;
        foreach (Candidate candidate in reading.Candidates)
        {
            if (candidate.Kind is not (CandidateKind.Phrase or CandidateKind.Bracketed or CandidateKind.Number))
            {
                Add(slot, options, [(candidate.Start, candidate.End, candidate.Text)], candidate.Kind);
                lists++;
            }
        }

        for (int first = 0; first < text.Words.Length && lists < MaxLists; first++)
        {
            if (!WordSpans.CanBound(text, first))
            {
                continue;
            }

            for (int words = 1; words <= MaxItemWords && first + words <= text.Words.Length && lists < MaxLists; words++)
            {
                int last = first + words - 1;
                if (words > 1 && Parts(text, last - 1) != Joint.None)
                {
                    break;
                }

                if (WordSpans.CanBound(text, last))
                {
                    lists += AddLists(text, slot, options, first, last);
                }
            }
        }
    }

    private static int AddLists(RequestText text, Slot slot, List<Option> options, int first, int last)
    {
        int added = 1;
        var items = new List<(int Start, int End, string Text)> { Span(text, first, last) };
        Add(slot, options, items, null);
        int at = last;
        while (items.Count < MaxItems && at + 1 < text.Words.Length && Parts(text, at) == Joint.List)
        {
            int from = at + 1;
            while (from < text.Words.Length && IsJoiner(text, from))
            {
                from++;
            }

            // Where an item ends is plain, unless it is the last: then each length is another list.
            int longest = from;
            while (longest + 1 < text.Words.Length && longest - from + 1 < MaxItemWords && Parts(text, longest) == Joint.None)
            {
                longest++;
            }

            if (from >= text.Words.Length)
            {
                break;
            }

            if (longest + 1 < text.Words.Length && Parts(text, longest) == Joint.List)
            {
                items.Add(Span(text, from, longest));
                at = longest;
                continue;
            }

            for (int to = from; to <= longest; to++)
            {
                if (WordSpans.CanBound(text, to))
                {
                    Add(slot, options, [.. items, Span(text, from, to)], null);
                    added++;
                }
            }

            break;
        }

        return added;
    }

    private static (int Start, int End, string Text) Span(RequestText text, int first, int last)
    {
        int start = text.Words[first].Start;
        int end = text.Words[last].End;
        return (start, end, text.Text[start..end]);
    }

    private static bool IsJoiner(RequestText text, int place) => text.Words[place].Stem is "and" or "or" or "the" or "also" or "a" or "an";

    private enum Joint
    {
        None,
        List,
        End,
    }

    // What stands behind a word.
    private static Joint Parts(RequestText text, int place)
    {
        if (place + 1 >= text.Words.Length)
        {
            return Joint.End;
        }

        ReadOnlySpan<char> between = text.Text.AsSpan(text.Words[place].End..text.Words[place + 1].Start);
        if (text.EndsSentence(text.Words[place].End, text.Words[place + 1].Start) || between.Contains(':'))
        {
            return Joint.End;
        }

        return between.Contains(',') || between.Contains('&') || text.Words[place + 1].Stem is "and" or "or" ? Joint.List : Joint.None;
    }

    private static void Add(Slot slot, List<Option> options, List<(int Start, int End, string Text)> items, CandidateKind? kind) =>
        options.Add(new Option(slot, [.. items.Select(item => item.Text)], 0, items[0].Start, items[^1].End) { Kind = kind });
}
