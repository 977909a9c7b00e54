using System.Buffers;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Repair;

/// <summary>What a value that does not fit may have meant.</summary>
internal static class RepairCandidates
{
    private const JsonKinds Numbers = JsonKinds.Number | JsonKinds.Integer;

    // A text with one of these may be a list that someone wrote out, so that it is not clearly one item.
    private static readonly SearchValues<char> s_separators = SearchValues.Create(",;\r\n");

    /// <summary>The candidates; whether they fit is for the caller to see.</summary>
    public static IEnumerable<JsonElement> For(SchemaFacets facets, JsonElement value)
    {
        JsonKinds kind = JsonKindNames.KindOf(value.ValueKind);
        if (kind == JsonKinds.String)
        {
            return FromText(facets, value);
        }

        bool wraps = facets.Allowed.HasFlag(JsonKinds.Array) && kind != JsonKinds.Null && !facets.Allows(kind);
        return wraps && Wrap(value) is { } list ? [list] : [];
    }

    private static IEnumerable<JsonElement> FromText(SchemaFacets facets, JsonElement value)
    {
        string text = value.GetString()!.Trim();
        foreach (JsonElement known in facets.Enums.SelectMany(values => values.Values))
        {
            if (known.ValueKind == JsonValueKind.String && string.Equals(known.GetString()!.Trim(), text, StringComparison.OrdinalIgnoreCase))
            {
                yield return known;
            }
        }

        if (facets.Allowed.HasFlag(JsonKinds.String))
        {
            yield break;
        }

        JsonElement? parsed = TryParse(text);
        if (parsed is { } meant && Accepts(facets, meant))
        {
            bool whole = meant.ValueKind == JsonValueKind.Number && !facets.Allowed.HasFlag(JsonKinds.Number);
            yield return whole ? Plain(meant) : meant;
        }

        if (facets.Allowed.HasFlag(JsonKinds.Array) && LoneItem(facets, value, text, parsed) is { } item && Wrap(item) is { } list)
        {
            yield return list;
        }
    }

    /// <summary>The one item that a text means where a list is required; <see langword="null"/> when it may mean none or several.</summary>
    private static JsonElement? LoneItem(SchemaFacets facets, JsonElement value, string text, JsonElement? parsed) => text switch
    {
        ['{', ..] => facets.Allowed.HasFlag(JsonKinds.Object) ? null : parsed,
        "" or ['[', ..] => null,
        _ when text.AsSpan().ContainsAny(s_separators) || parsed is { ValueKind: JsonValueKind.Null } => null,
        _ => value,
    };

    private static bool Accepts(SchemaFacets facets, JsonElement parsed) => parsed.ValueKind switch
    {
        JsonValueKind.Number => facets.Allowed.HasFlag(JsonKinds.Number)
            || (facets.Allowed.HasFlag(JsonKinds.Integer) && !parsed.GetRawText().AsSpan().ContainsAny('e', 'E')),
        JsonValueKind.True or JsonValueKind.False => facets.Allowed.HasFlag(JsonKinds.Boolean),
        JsonValueKind.Object => facets.Allowed.HasFlag(JsonKinds.Object),
        JsonValueKind.Array => facets.Allowed.HasFlag(JsonKinds.Array),
        _ => false,
    };

    private static JsonElement? TryParse(string text)
    {
        foreach (string name in (string[])["true", "false", "null"])
        {
            if (text.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return JsonElement.Parse(name);
            }
        }

        try
        {
            return StrictJson.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (StrictJsonException)
        {
            return null;
        }
    }

    /// <summary>A list of one; <see langword="null"/> when it would be nested too deep.</summary>
    private static JsonElement? Wrap(JsonElement item)
    {
        try
        {
            return JsonElement.Parse($"[{item.GetRawText()}]", new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth });
        }
        catch (JsonException)
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
