namespace Bridge.Llama.Jinja;

/// <summary>Takes characters away from the ends of texts.</summary>
internal static class TextTrim
{
    public static TextValue Both(TextValue text, TextValue? characters) => Trim(text, characters, start: true, end: true);

    public static TextValue Start(TextValue text, TextValue? characters) => Trim(text, characters, start: true, end: false);

    public static TextValue End(TextValue text, TextValue? characters) => Trim(text, characters, start: false, end: true);

    public static TextValue Prefix(TextValue text, string prefix) =>
        text.Value.StartsWith(prefix, StringComparison.Ordinal) ? text.Slice(prefix.Length, text.Length - prefix.Length) : text;

    public static TextValue Suffix(TextValue text, string suffix) =>
        text.Value.EndsWith(suffix, StringComparison.Ordinal) ? text.Slice(0, text.Length - suffix.Length) : text;

    /// <summary>Whether Python takes the character for white space.</summary>
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    private static TextValue Trim(TextValue text, TextValue? characters, bool start, bool end)
    {
        string value = text.Value;
        Func<char, bool> goes = characters is null ? IsSpace : characters.Value.Contains;
        int from = 0;
        int to = value.Length;
        while (start && from < to && goes(value[from]))
        {
            from++;
        }

        while (end && to > from && goes(value[to - 1]))
        {
            to--;
        }

        return text.Slice(from, to - from);
    }
}
