using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bridge.Mcp.Messages;

namespace Bridge.Mcp.Mirroring;

/// <summary>A parameter whose value a header repeats.</summary>
/// <param name="Header">The header's whole name.</param>
/// <param name="Path">The names that lead to the value in the arguments.</param>
internal sealed record MirroredParameter(string Header, ImmutableArray<string> Path)
{
    /// <summary>What the header of a call must say.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <returns>The text, not encoded; <see langword="null"/> when there must be no header.</returns>
    public string? TextOf(JsonElement arguments) => Find(arguments) is { } value ? Say(value) : null;

    /// <summary>Holds a header against the arguments.</summary>
    /// <param name="arguments">The arguments.</param>
    /// <param name="given">The headers of that name, as they came.</param>
    /// <returns>What is wrong, in a sentence; <see langword="null"/> when nothing is.</returns>
    public string? Check(JsonElement arguments, IReadOnlyList<string?> given)
    {
        string? wanted = TextOf(arguments);
        if (given.Count == 0)
        {
            return wanted is null ? null : $"The header '{Header}' is missing: it must say what the argument '{Name}' says.";
        }

        if (given.Count > 1)
        {
            return $"The header '{Header}' stands there {given.Count} times.";
        }

        if (wanted is null)
        {
            return $"The header '{Header}' says something of an argument '{Name}' that is not there.";
        }

        return HeaderText.Decode((given[0] ?? "").Trim()) is { } said && IsSame(said, wanted, Find(arguments)!.Value.ValueKind)
            ? null
            : $"The header '{Header}' does not say what the argument '{Name}' says.";
    }

    private string Name => string.Join('.', Path);

    // Whoever stands between may write a number in another way.
    private static bool IsSame(string said, string wanted, JsonValueKind kind) => said == wanted
        || (kind == JsonValueKind.Number && TryNumber(said, out decimal one) && TryNumber(wanted, out decimal other) && one == other);

    private static bool TryNumber(string text, out decimal number) => decimal.TryParse(
        text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number);

    // What does not fit the schema has no header, and is refused for that.
    private static string? Say(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => TryNumber(value.GetRawText(), out decimal number) && decimal.IsInteger(number)
            ? decimal.Truncate(number).ToString(CultureInfo.InvariantCulture)
            : value.GetRawText(),
        _ => null,
    };

    private JsonElement? Find(JsonElement arguments)
    {
        JsonElement value = arguments;
        foreach (string name in Path)
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }
}
