namespace Bridge.Llama.Jinja;

/// <summary>Texts counted in code points, as templates count them.</summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        int count = text.Length;
        for (int at = 1; at < text.Length; at++)
        {
            if (char.IsSurrogatePair(text[at - 1], text[at]))
            {
                count--;
            }
        }

        return count;
    }

    public static IReadOnlyList<TemplateValue> Split(TextValue text)
    {
        var all = new List<TemplateValue>(text.Length);
        for (int at = 0; at < text.Length;)
        {
            int length = LengthAt(text.Value, at);
            all.Add(text.Slice(at, length));
            at += length;
        }

        return all;
    }

    /// <summary>The code point at an index; a negative one counts from the end.</summary>
    public static TemplateValue At(TextValue text, long index)
    {
        int count = Count(text.Value);
        long place = index < 0 ? count + index : index;
        if (place < 0 || place >= count)
        {
            return UndefinedValue.Nameless;
        }

        int at = count == text.Length ? (int)place : OffsetOf(text.Value, (int)place);
        return text.Slice(at, LengthAt(text.Value, at));
    }

    /// <summary>Where a code point begins.</summary>
    public static int OffsetOf(string text, int place)
    {
        int at = 0;
        for (; place > 0; place--)
        {
            at += LengthAt(text, at);
        }

        return at;
    }

    private static int LengthAt(string text, int at) => at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
}
