using System.Globalization;

namespace Bridge.Configuration;

/// <summary>Durations as people write them: <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, or <c>00:00:30</c>.</summary>
public static class Duration
{
    /// <summary>What is allowed, for error messages.</summary>
    public const string Allowed = "a duration such as '500ms', '30s', '5m' or '00:00:30'";

    private static readonly TimeSpan s_most = TimeSpan.FromDays(36_500);

    private static readonly (string Unit, TimeSpan Length)[] s_units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>Reads a duration.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration; never negative, at most 24 days.</param>
    /// <returns><see langword="false"/> when the text is none.</returns>
    public static bool TryParse(string? text, out TimeSpan duration) =>
        TryParseLong(text, out duration) && duration.TotalMilliseconds < int.MaxValue; // the longest a timer takes

    /// <summary>Reads a duration that nobody waits for, such as the life of a key.</summary>
    /// <param name="text">The text.</param>
    /// <param name="duration">The duration; never negative, at most 36,500 days.</param>
    /// <returns><see langword="false"/> when the text is none.</returns>
    public static bool TryParseLong(string? text, out TimeSpan duration)
    {
        string trimmed = text?.Trim() ?? "";
        (string? unit, TimeSpan length) = s_units.FirstOrDefault(candidate =>
            trimmed.Length > candidate.Unit.Length
            && trimmed.EndsWith(candidate.Unit, StringComparison.Ordinal)
            && char.IsAsciiDigit(trimmed[^(candidate.Unit.Length + 1)]));
        bool parsed = unit is null
            ? TimeSpan.TryParseExact(trimmed, ["c", "g"], CultureInfo.InvariantCulture, out duration) && trimmed.Contains(':', StringComparison.Ordinal)
            : TryScale(trimmed[..^unit.Length], length, out duration);
        return parsed && duration >= TimeSpan.Zero && duration <= s_most;
    }

    private static bool TryScale(string number, TimeSpan unit, out TimeSpan duration)
    {
        duration = default;
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double count) || count * unit.TotalMilliseconds > s_most.TotalMilliseconds)
        {
            return false;
        }

        duration = count * unit;
        return true;
    }
}
