using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Repair;

/// <summary>What a value that does not fit may have meant.</summary>
internal static class RepairCandidates
{
    private const JsonKinds Numbers = JsonKinds.Number | JsonKinds.Integer;

    /// <summary>The candidates; whether they fit is for the caller to see.</summary>
    public static IEnumerable<JsonElement> For(SchemaFacets facets, JsonElement value)
    {
        JsonKinds kind = JsonKindNames.KindOf(value.ValueKind);
        if (kind == JsonKinds.String)
        {
            foreach (JsonElement candidate in FromText(facets, value.GetString()!))
            {
                yield return candidate;
            }
        }

        bool fitsKind = (facets.Allowed & kind) != 0 || (kind == JsonKinds.Number && (facets.Allowed & Numbers) != 0);
        if (!fitsKind && kind != JsonKinds.Null && facets.Allowed.HasFlag(JsonKinds.Array))
        {
            yield return JsonElement.Parse($"[{value.GetRawText()}]");
        }
    }

    private static IEnumerable<JsonElement> FromText(SchemaFacets facets, string text)
    {
        foreach (JsonElement value in facets.Enums.SelectMany(values => values.Values))
        {
            if (value.ValueKind == JsonValueKind.String && string.Equals(value.GetString()!.Trim(), text.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                yield return value;
            }
        }

        if (!facets.Allowed.HasFlag(JsonKinds.String) && TryParse(text) is { } parsed && Accepts(facets, parsed))
        {
            bool whole = parsed.ValueKind == JsonValueKind.Number && !facets.Allowed.HasFlag(JsonKinds.Number);
            yield return whole ? Plain(parsed) : parsed;
        }
    }

    private static bool Accepts(SchemaFacets facets, JsonElement parsed) => parsed.ValueKind switch
    {
        JsonValueKind.Number => (facets.Allowed & Numbers) != 0,
        JsonValueKind.True or JsonValueKind.False => facets.Allowed.HasFlag(JsonKinds.Boolean),
        JsonValueKind.Object => facets.Allowed.HasFlag(JsonKinds.Object),
        JsonValueKind.Array => facets.Allowed.HasFlag(JsonKinds.Array),
        _ => false,
    };

    private static JsonElement? TryParse(string text)
    {
        string trimmed = text.Trim();
        if (string.Equals(trimmed, "true", StringComparison.OrdinalIgnoreCase) || string.Equals(trimmed, "false", StringComparison.OrdinalIgnoreCase))
        {
            return JsonElement.Parse(trimmed.Equals("true", StringComparison.OrdinalIgnoreCase) ? "true" : "false");
        }

        try
        {
            return StrictJson.Parse(Encoding.UTF8.GetBytes(trimmed));
        }
        catch (StrictJsonException)
        {
            return null;
        }
    }

    /// <summary>A whole number without its fraction of zeros, which many readers of integers refuse.</summary>
    private static JsonElement Plain(JsonElement number)
    {
        string text = number.GetRawText();
        int point = text.IndexOf('.', StringComparison.Ordinal);
        bool zeros = point > 0 && text.AsSpan(point + 1).IndexOfAnyExcept('0') < 0;
        return zeros ? JsonElement.Parse(text[..point]) : number;
    }
}
