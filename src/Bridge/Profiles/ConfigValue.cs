using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bridge.Profiles;

/// <summary>A value of a configuration file, read as what its key asks for; a <see cref="FormatException"/> says what is allowed.</summary>
internal readonly struct ConfigValue(JsonNode? node)
{
    private static readonly (string Suffix, double Seconds)[] s_times = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600)];

    private static readonly (string Suffix, double Bytes)[] s_sizes =
    [
        ("KiB", 1024), ("MiB", 1024 * 1024), ("GiB", 1024 * 1024 * 1024), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("B", 1),
    ];

    public JsonNode? Node { get; } = node;

    public string Text() => AsText() is { Length: > 0 } text ? text : throw new FormatException("Write a text in quotes.");

    public bool Truth() => Node?.GetValueKind() switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw new FormatException("Write true or false."),
    };

    public int Whole(int least, int most)
    {
        double number = AsNumber() ?? double.NaN;
        return number >= least && number <= most && Math.Floor(number) == number
            ? (int)number
            : throw new FormatException($"Write a whole number from {least} to {most}.");
    }

    public double Number(double least, double most) =>
        AsNumber() is { } number && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"Write a number from {least} to {most}."));

    public TEnum OneOf<TEnum>()
        where TEnum : struct, Enum
    {
        string? text = AsText();
        foreach (TEnum value in Enum.GetValues<TEnum>())
        {
            if (CamelCase(value) == text)
            {
                return value;
            }
        }

        throw new FormatException($"Write one of {string.Join(", ", Enum.GetValues<TEnum>().Select(value => $"'{CamelCase(value)}'"))}.");
    }

    public TimeSpan Time()
    {
        string text = AsText() ?? "";
        TimeSpan? time = TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out TimeSpan exact) && text.Contains(':', StringComparison.Ordinal)
            ? exact
            : WithUnit(text, s_times) is { } seconds && seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
        return time > TimeSpan.Zero && time <= TimeSpan.FromDays(1)
            ? time.Value
            : throw new FormatException("Write a time of at most a day with its unit, such as \"30s\", \"2m\" or \"00:00:30\".");
    }

    public long Bytes()
    {
        double? bytes = AsNumber() ?? WithUnit(AsText() ?? "", s_sizes);
        return bytes is >= 1 and < long.MaxValue
            ? (long)Math.Round(bytes.Value)
            : throw new FormatException("Write a number of bytes, or a size with its unit, such as \"398MB\" or \"2.2GB\".");
    }

    public IEnumerable<ConfigValue> Items() => Node is JsonArray { Count: > 0 } items
        ? items.Select(item => new ConfigValue(item))
        : throw new FormatException("Write a list with at least one element.");

    private static double? WithUnit(string text, (string Suffix, double Factor)[] units)
    {
        foreach ((string suffix, double factor) in units)
        {
            if (text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                && double.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double number))
            {
                return number * factor;
            }
        }

        return null;
    }

    private static string CamelCase<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private string? AsText() => Node?.GetValueKind() == JsonValueKind.String ? Node.GetValue<string>() : null;

    // By its text: the number may be held as any of several types, depending on where it was read from.
    private double? AsNumber() => Node?.GetValueKind() == JsonValueKind.Number
        ? double.Parse(Node.ToJsonString(), CultureInfo.InvariantCulture)
        : null;
}
