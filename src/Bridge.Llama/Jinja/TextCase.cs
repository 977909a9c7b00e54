namespace Bridge.Llama.Jinja;

/// <summary>Upper and lower case.</summary>
internal static class TextCase
{
    public static TextValue Upper(TextValue text) => text.Map(value => value.ToUpperInvariant().Replace("ß", "SS", StringComparison.Ordinal));

    public static TextValue Lower(TextValue text) => text.Map(value => value.ToLowerInvariant());

    /// <summary>Every word begins with a capital and goes on small.</summary>
    public static TextValue Title(TextValue text) => text.Map(value => string.Create(value.Length, value, (result, from) =>
    {
        for (int at = 0; at < from.Length; at++)
        {
            result[at] = at > 0 && char.IsLetter(from[at - 1]) ? char.ToLowerInvariant(from[at]) : char.ToUpperInvariant(from[at]);
        }
    }));

    /// <summary>The first character is a capital, the others are small.</summary>
    public static TextValue Capitalize(TextValue text) =>
        text.Map(value => value.Length == 0 ? value : char.ToUpperInvariant(value[0]) + value[1..].ToLowerInvariant());

    public static bool IsUpper(string text) => text.Any(char.IsUpper) && !text.Any(char.IsLower);

    public static bool IsLower(string text) => text.Any(char.IsLower) && !text.Any(char.IsUpper);
}
