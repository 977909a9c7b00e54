using System.Globalization;

namespace Bridge.Schemas.Signatures;

/// <summary>Bounds as signatures write them: <c>1..7</c>, <c>&gt;0</c>, <c>date, 3..10 chars</c>.</summary>
internal static class SignatureLimits
{
    /// <summary>The bounds of a number.</summary>
    public static string Number(NumberBounds bounds)
    {
        string range = bounds is { MinimumExclusive: false, MaximumExclusive: false, Minimum: { } low, Maximum: { } high }
            ? $"{Digits(low)}..{Digits(high)}"
            : Join(Limit(">", bounds.MinimumExclusive, bounds.Minimum), Limit("<", bounds.MaximumExclusive, bounds.Maximum));
        return Join(range, bounds.MultipleOf is { } multiple ? $"multiple of {Digits(multiple)}" : null);
    }

    /// <summary>The bounds of a text.</summary>
    public static string Text(ToolParameter parameter)
    {
        string length = parameter.Types is [] or [ParameterType.String] ? Range(parameter.MinLength, parameter.MaxLength) : "";
        return Join(parameter.Format, length.Length == 0 ? null : $"{length} chars", parameter.Pattern is null ? null : $"/{parameter.Pattern}/");
    }

    /// <summary>A range of sizes.</summary>
    public static string Range(int? min, int? max) => (min, max) switch
    {
        (null or 0, null) => "",
        ({ } low, { } high) when low == high => $"{low}",
        (null or 0, { } high) => $"..{high}",
        ({ } low, _) => $"{low}..{max}",
    };

    private static string? Limit(string sign, bool exclusive, double? bound) =>
        bound is { } value ? $"{sign}{(exclusive ? "" : "=")}{Digits(value)}" : null;

    private static string Digits(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Join(params string?[] limits) => string.Join(", ", limits.Where(limit => !string.IsNullOrEmpty(limit)));
}
