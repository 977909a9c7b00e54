using System.Globalization;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Schemas.Signatures;

/// <summary>A tool in the fewest words that lose nothing a model needs: <c>add(a: number, b: number) - Adds two numbers</c>.</summary>
public static class ToolSignature
{
    /// <summary>Writes a signature: a line with the parameters and the description, then a line per parameter that is described.</summary>
    /// <param name="name">The tool's name.</param>
    /// <param name="description">What it does; may be empty.</param>
    /// <param name="schema">Its input schema.</param>
    /// <returns>The signature, lines parted by a line feed.</returns>
    /// <remarks>
    /// <c>?</c> marks what may be left out, <c>= 5</c> a default, <c>"c"|"f"</c> the only values, <c>string[]</c> a list, <c>{…}</c> an
    /// object, and parentheses bounds: <c>integer(1..7)</c>, <c>string(date)</c>.
    /// </remarks>
    public static string Write(string name, string? description, CompiledSchema schema)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder(name).Append('(');
        var parameters = ToolParameter.List(schema);
        AppendMembers(text, parameters);
        text.Append(')');
        if (!string.IsNullOrWhiteSpace(description))
        {
            text.Append(" - ").Append(OneLine(description));
        }

        AppendDescriptions(text, parameters, "");
        return text.ToString();
    }

    /// <summary>The type of a parameter as a signature writes it, such as <c>string[]</c>.</summary>
    /// <param name="parameter">The parameter.</param>
    public static string TypeOf(ToolParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        IEnumerable<string> types = parameter.Enum.Length > 0 ? parameter.Enum.Select(value => value.GetRawText())
            : parameter.Types.Length > 0 ? parameter.Types.Select(type => Describe(type, parameter))
            : ["any"];
        return string.Join('|', parameter.Nullable ? types.Append("null") : types);
    }

    private static void AppendMembers(StringBuilder text, IEnumerable<ToolParameter> members)
    {
        string separator = "";
        foreach (ToolParameter member in members)
        {
            text.Append(separator).Append(member.Name).Append(member.Required ? ": " : "?: ").Append(TypeOf(member));
            if (member.Default is { ValueKind: not JsonValueKind.Null } fallback)
            {
                text.Append(" = ").Append(fallback.GetRawText());
            }

            separator = ", ";
        }
    }

    private static void AppendDescriptions(StringBuilder text, IEnumerable<ToolParameter> members, string prefix)
    {
        foreach (ToolParameter member in members)
        {
            string name = prefix + member.Name;
            if (!string.IsNullOrWhiteSpace(member.Description))
            {
                text.Append("\n  ").Append(name).Append(": ").Append(OneLine(member.Description));
            }

            AppendDescriptions(text, member.Properties, name + ".");
            if (member.Item is { } item)
            {
                AppendDescriptions(text, item.Properties, name + "[].");
            }
        }
    }

    private static string Describe(ParameterType type, ToolParameter parameter)
    {
        switch (type)
        {
            case ParameterType.Integer or ParameterType.Number:
                return Name(type) + Parenthesize(Limits(parameter.Bounds));
            case ParameterType.String:
                string length = Range(parameter.MinLength, parameter.MaxLength);
                string?[] limits = [parameter.Format, length.Length == 0 ? null : length + " chars", parameter.Pattern is null ? null : $"/{parameter.Pattern}/"];
                return "string" + Parenthesize(string.Join(", ", limits.OfType<string>()));
            case ParameterType.Array:
                string item = parameter.Item is null ? "any" : TypeOf(parameter.Item);
                bool compound = item.Contains('|', StringComparison.Ordinal) && item[0] != '{';
                return $"{(compound ? $"({item})" : item)}[{Range(parameter.MinLength, parameter.MaxLength)}]";
            case ParameterType.Object when parameter.Properties.Length > 0:
                var text = new StringBuilder("{");
                AppendMembers(text, parameter.Properties);
                return text.Append('}').ToString();
            default:
                return Name(type);
        }
    }

    private static string Limits(NumberBounds bounds)
    {
        string range = bounds switch
        {
            { MinimumExclusive: false, MaximumExclusive: false, Minimum: { } low, Maximum: { } high } => $"{Number(low)}..{Number(high)}",
            _ => string.Join(", ", new[] { Limit(">", bounds.MinimumExclusive, bounds.Minimum), Limit("<", bounds.MaximumExclusive, bounds.Maximum) }
                .OfType<string>()),
        };
        string step = bounds.MultipleOf is { } multiple ? $"multiple of {Number(multiple)}" : "";
        return range.Length > 0 && step.Length > 0 ? $"{range}, {step}" : range + step;
    }

    private static string? Limit(string sign, bool exclusive, double? bound) =>
        bound is { } value ? $"{sign}{(exclusive ? "" : "=")}{Number(value)}" : null;

    private static string Range(int? min, int? max) => (min, max) switch
    {
        (null or 0, null) => "",
        ({ } low, null) => $"{low}..",
        (_, { } high) => $"{min ?? 0}..{high}",
    };

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Parenthesize(string limits) => limits.Length == 0 ? "" : $"({limits})";

    private static string Name(ParameterType type) => type switch
    {
        ParameterType.String => "string",
        ParameterType.Integer => "integer",
        ParameterType.Number => "number",
        ParameterType.Boolean => "boolean",
        ParameterType.Object => "object",
        ParameterType.Array => "array",
        ParameterType.Null => "null",
        _ => "any",
    };

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
