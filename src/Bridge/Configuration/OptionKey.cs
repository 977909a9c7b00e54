using System.Globalization;

namespace Bridge.Configuration;

/// <summary>One setting: where it is written, what it may be, and how it is taken over.</summary>
/// <typeparam name="T">The options it belongs to.</typeparam>
/// <param name="Path">Its path below the section, parts joined by colons.</param>
/// <param name="Allowed">What it may be, to end the sentence "It must be …".</param>
/// <param name="Set">Takes the text over; <see langword="false"/> when the text is not allowed.</param>
internal sealed record OptionKey<T>(string Path, string Allowed, Func<T, string, bool> Set)
{
    public static OptionKey<T> Text(string path, Action<T, string> set) =>
        new(path, "a text that is not empty", (options, text) => Take(!string.IsNullOrWhiteSpace(text), () => set(options, text)));

    public static OptionKey<T> Flag(string path, Action<T, bool> set) =>
        new(path, "true or false", (options, text) => bool.TryParse(text, out bool value) && Take(true, () => set(options, value)));

    public static OptionKey<T> Time(string path, Action<T, TimeSpan> set) =>
        new(path, Duration.Allowed + ", more than zero", (options, text) =>
            Duration.TryParse(text, out TimeSpan value) && value > TimeSpan.Zero && Take(true, () => set(options, value)));

    public static OptionKey<T> Number(string path, int least, Action<T, int> set) =>
        new(path, $"a whole number from {least} to {int.MaxValue}", (options, text) =>
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least && Take(true, () => set(options, value)));

    public static OptionKey<T> Large(string path, long least, Action<T, long> set) =>
        new(path, $"a whole number from {least}", (options, text) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            && value >= least && Take(true, () => set(options, value)));

    public static OptionKey<T> Choice<TEnum>(string path, Action<T, TEnum> set)
        where TEnum : struct, Enum =>
        new(path, $"one of '{string.Join("', '", Enum.GetNames<TEnum>()).ToLowerInvariant()}'", (options, text) =>
            Enum.TryParse(text, ignoreCase: true, out TEnum value) && !char.IsAsciiDigit(text[0]) && Take(true, () => set(options, value)));

    public static OptionKey<T> Address(string path, Action<T, string> set) =>
        new(path, "an address that begins with 'http://' or 'https://'", (options, text) =>
            Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" && Take(true, () => set(options, text)));

    private static bool Take(bool allowed, Action set)
    {
        if (allowed)
        {
            set();
        }

        return allowed;
    }
}
