using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Bridge.Schemas.Compilation;

namespace Bridge.Policy;

/// <summary>What one argument must be for a rule to fit: a JSON Pointer (RFC 6901) into the arguments, and a JSON Schema for what is there.</summary>
/// <param name="Pointer">The pointer; empty for the arguments as a whole.</param>
/// <param name="Schema">The schema.</param>
internal sealed record ArgumentCondition(string Pointer, CompiledSchema Schema)
{
    private readonly ImmutableArray<string> _tokens =
        [.. Pointer.Split('/').Skip(1).Select(token => token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    /// <summary>Whether a text is a pointer.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsPointer(string text) => text.Length == 0 || text[0] == '/';

    /// <summary>Whether it holds.</summary>
    /// <param name="arguments">The arguments of a call.</param>
    /// <returns>Whether there is such an argument, and it fits.</returns>
    public bool Holds(JsonElement arguments)
    {
        JsonElement at = arguments;
        foreach (string token in _tokens)
        {
            bool found = at.ValueKind switch
            {
                JsonValueKind.Object => at.TryGetProperty(token, out at),
                JsonValueKind.Array when int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < at.GetArrayLength() => Take(ref at, index),
                _ => false,
            };
            if (!found)
            {
                return false;
            }
        }

        return Schema.IsValid(at);
    }

    private static bool Take(ref JsonElement at, int index)
    {
        at = at[index];
        return true;
    }
}
