using System.Globalization;
using System.Text.Json.Nodes;
using Bridge.Reading;
using Bridge.Schemas.Signatures;

namespace Bridge.Extraction;

/// <summary>Turns numbers of the text into numbers of the schema.</summary>
internal static class Numbers
{
    /// <summary>The value that a number of the text has for a parameter.</summary>
    /// <param name="candidate">The number.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The value; <see langword="null"/> when the type does not allow it.</returns>
    public static decimal? Coerce(Candidate candidate, ToolParameter parameter)
    {
        decimal value = candidate.Percent && IsFraction(parameter) ? candidate.Number / 100 : candidate.Number;
        return parameter.Type == ParameterType.Integer && !decimal.IsInteger(value) ? null : value;
    }

    /// <summary>Reads a number that stands in quotation marks or in a list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The value; <see langword="null"/> when it is none, or the type does not allow it.</returns>
    public static decimal? Parse(string text, ToolParameter parameter) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
        && (parameter.Type != ParameterType.Integer || decimal.IsInteger(value))
            ? value
            : null;

    /// <summary>The JSON of a number, without a fraction where there is none.</summary>
    /// <param name="value">The number.</param>
    public static JsonNode ToNode(decimal value) => decimal.IsInteger(value) && Math.Abs(value) < long.MaxValue
        ? JsonValue.Create((long)value)
        : JsonValue.Create(value / 1.000000000000000000000000000m);

    /// <summary>Writes an item of a list: of a list of numbers every item has a fraction, so that typed languages read one type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="item">What the items are.</param>
    public static JsonNode ToItem(decimal value, ToolParameter item) =>
        item.Type == ParameterType.Number && decimal.IsInteger(value) ? JsonValue.Create(value + 0.0m) : ToNode(value);

    // "5 %" is 0.05 where the parameter is a share of one, and 5 where it counts percents.
    private static bool IsFraction(ToolParameter parameter) =>
        parameter.Type == ParameterType.Number
        && (parameter.Bounds.Maximum is <= 1
            || parameter.Description.Contains("decimal", StringComparison.OrdinalIgnoreCase)
            || !(parameter.Name + parameter.Description).Contains("percent", StringComparison.OrdinalIgnoreCase));
}
