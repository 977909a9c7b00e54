namespace Bridge.Llama.Jinja;

/// <summary>Pieces of lists and texts by places, as Python counts them.</summary>
internal static class Slice
{
    public static TemplateValue Of(TemplateValue value, long? from, long? to, long step, RenderContext context)
    {
        if (step == 0)
        {
            throw new TemplateException("The step of a slice must not be 0.");
        }

        switch (value)
        {
            case TextValue text:
                context.Budget.Text(text.Length);
                return OfText(text, from, to, step, context);
            case ListValue list:
                List<TemplateValue> chosen = [.. Places(list.All.Count, from, to, step).Select(place => list.All[place])];
                context.Budget.Steps(chosen.Count);
                return new ListValue(chosen, list.Origin, list.IsTuple);
            case UndefinedValue:
                return value.Item(NullValue.Instance); // says what is undefined
            default:
                throw new TemplateException($"There is no slice of {value.Kind}.");
        }
    }

    private static TextValue OfText(TextValue text, long? from, long? to, long step, RenderContext context)
    {
        int count = CodePoints.Count(text.Value);
        (long start, long stop) = Ends(count, from, to, step);
        if (step == 1)
        {
            if (stop <= start)
            {
                return TextValue.Empty;
            }

            int first = count == text.Length ? (int)start : CodePoints.OffsetOf(text.Value, (int)start);
            int last = count == text.Length ? (int)stop : CodePoints.OffsetOf(text.Value, (int)stop);
            return text.Slice(first, last - first);
        }

        IReadOnlyList<TemplateValue> characters = text.Items(context);
        var builder = new TextBuilder(context.Budget);
        foreach (int place in Places(count, from, to, step))
        {
            builder.Append((TextValue)characters[place]);
        }

        return builder.ToText();
    }

    private static IEnumerable<int> Places(int count, long? from, long? to, long step)
    {
        (long start, long stop) = Ends(count, from, to, step);
        for (long at = start; step > 0 ? at < stop : at > stop; at += step)
        {
            yield return (int)at;
        }
    }

    private static (long Start, long Stop) Ends(int count, long? from, long? to, long step) => step > 0
        ? (Clamp(from ?? 0, count, 0, count), Clamp(to ?? count, count, 0, count))
        : (Clamp(from ?? count - 1, count, -1, count - 1), to is { } stop ? Clamp(stop, count, -1, count - 1) : -1);

    private static long Clamp(long place, int count, long least, long most) =>
        Math.Clamp(place < 0 ? Math.Max(place, -count - 1L) + count : place, least, Math.Max(least, most));
}
