using System.Buffers;

namespace Bridge.Llama.Jinja;

/// <summary>Takes texts apart.</summary>
internal static class TextSplit
{
    private static readonly SearchValues<char> s_lineEnds = SearchValues.Create("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029");

    public static ListValue FromStart(TextValue text, GivenArguments arguments, RenderContext context) =>
        arguments.TextOrNone(0, "sep") is { } separator
            ? At(text, Separators(text.Value, separator.Value), separator.Length, Most(arguments), fromEnd: false, context)
            : Words(text, Most(arguments), context);

    public static ListValue FromEnd(TextValue text, GivenArguments arguments, RenderContext context)
    {
        if (arguments.TextOrNone(0, "sep") is { } separator)
        {
            return At(text, Separators(text.Value, separator.Value), separator.Length, Most(arguments), fromEnd: true, context);
        }

        return arguments.IntegerOrNone(1, "maxsplit") is null or < 0
            ? Words(text, int.MaxValue, context)
            : throw new TemplateException("'rsplit' with 'maxsplit' needs a separator.");
    }

    public static ListValue Lines(TextValue text, bool keepEnds, RenderContext context)
    {
        var lines = new List<TemplateValue>();
        for (int at = 0; at < text.Length;)
        {
            int end = text.Value.AsSpan(at).IndexOfAny(s_lineEnds);
            int stop = end < 0 ? text.Length : at + end;
            int next = stop < text.Length ? stop + 1 : stop;
            if (next < text.Length && text.Value[stop] == '\r' && text.Value[next] == '\n')
            {
                next++;
            }

            lines.Add(text.Slice(at, (keepEnds ? next : stop) - at));
            context.Budget.Step();
            at = next;
        }

        return new ListValue(lines);
    }

    public static ListValue Partition(TextValue text, string separator, bool last)
    {
        if (separator.Length == 0)
        {
            throw new TemplateException("The separator is empty.");
        }

        int at = last ? text.Value.LastIndexOf(separator, StringComparison.Ordinal) : text.Value.IndexOf(separator, StringComparison.Ordinal);
        List<TemplateValue> parts = at >= 0
            ? [text.Slice(0, at), text.Slice(at, separator.Length), text.Slice(at + separator.Length, text.Length - at - separator.Length)]
            : last ? [TextValue.Empty, TextValue.Empty, text] : [text, TextValue.Empty, TextValue.Empty];
        return new ListValue(parts, isTuple: true);
    }

    private static int Most(GivenArguments arguments) =>
        arguments.IntegerOrNone(1, "maxsplit") is { } most and >= 0 ? (int)Math.Min(most, int.MaxValue) : int.MaxValue;

    private static List<int> Separators(string text, string separator)
    {
        if (separator.Length == 0)
        {
            throw new TemplateException("The separator is empty.");
        }

        var places = new List<int>();
        for (int at = 0; (at = text.IndexOf(separator, at, StringComparison.Ordinal)) >= 0; at += separator.Length)
        {
            places.Add(at);
        }

        return places;
    }

    private static ListValue At(TextValue text, List<int> places, int length, int most, bool fromEnd, RenderContext context)
    {
        if (places.Count > most)
        {
            places = fromEnd ? places[^most..] : places[..most];
        }

        context.Budget.Steps(places.Count);
        var parts = new List<TemplateValue>(places.Count + 1);
        int start = 0;
        foreach (int place in places)
        {
            parts.Add(text.Slice(start, place - start));
            start = place + length;
        }

        parts.Add(text.Slice(start, text.Length - start));
        return new ListValue(parts);
    }

    private static ListValue Words(TextValue text, int most, RenderContext context)
    {
        var words = new List<TemplateValue>();
        int at = Skip(text.Value, 0, spaces: true);
        while (at < text.Length)
        {
            context.Budget.Step();
            int end = words.Count == most ? text.Length : Skip(text.Value, at, spaces: false);
            words.Add(text.Slice(at, end - at));
            at = Skip(text.Value, end, spaces: true);
        }

        return new ListValue(words);
    }

    private static int Skip(string text, int at, bool spaces)
    {
        while (at < text.Length && TextTrim.IsSpace(text[at]) == spaces)
        {
            at++;
        }

        return at;
    }
}
