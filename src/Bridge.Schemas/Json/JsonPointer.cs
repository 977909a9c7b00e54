using System.Globalization;
using System.Text.Json;

namespace Bridge.Schemas.Json;

/// <summary>JSON Pointers (RFC 6901): writing them, and following them.</summary>
internal static class JsonPointer
{
    /// <summary>Appends a member name to a pointer.</summary>
    public static string Append(string pointer, string name) => string.Concat(pointer, "/", Escape(name));

    /// <summary>Appends an item's index to a pointer.</summary>
    public static string Append(string pointer, int index) =>
        string.Concat(pointer, "/", index.ToString(CultureInfo.InvariantCulture));

    /// <summary>A member name as a pointer spells it.</summary>
    public static string Escape(string name) => name.AsSpan().ContainsAny('~', '/')
        ? name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)
        : name;

    /// <summary>A token of a pointer as the member name it stands for.</summary>
    public static string Unescape(string token) => token.Contains('~', StringComparison.Ordinal)
        ? token.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
        : token;

    /// <summary>Follows one token.</summary>
    public static bool TryStep(JsonElement element, string name, out JsonElement child)
    {
        child = default;
        if (element.ValueKind == JsonValueKind.Object)
        {
            return element.TryGetProperty(name, out child);
        }

        bool found = element.ValueKind == JsonValueKind.Array
            && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && index < element.GetArrayLength();
        if (found)
        {
            child = element[int.Parse(name, CultureInfo.InvariantCulture)];
        }

        return found;
    }

    /// <summary>Follows a reference that is a fragment with a pointer, such as <c>#/$defs/a</c>.</summary>
    public static bool TryResolveFragment(JsonElement root, string reference, out JsonElement target)
    {
        target = root;
        if (!reference.StartsWith('#') || (reference.Length > 1 && reference[1] != '/'))
        {
            return false;
        }

        foreach (string token in Uri.UnescapeDataString(reference).Split('/').Skip(1))
        {
            if (!TryStep(target, Unescape(token), out target))
            {
                return false;
            }
        }

        return true;
    }
}
