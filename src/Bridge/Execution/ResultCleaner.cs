using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Execution;

/// <summary>Replaces what is no valid Unicode by U+FFFD, so that every wire behind takes the result.</summary>
internal static class ResultCleaner
{
    /// <summary>Cleans a result.</summary>
    /// <param name="result">The result.</param>
    /// <returns>The same instance when there is nothing to clean.</returns>
    public static ToolResult Clean(ToolResult result)
    {
        ImmutableArray<AIContent> content = result.Content.IsDefault ? [] : result.Content;
        JsonElement? structured = result.Structured is { ValueKind: not JsonValueKind.Undefined } given ? Clean(given) : null;
        bool same = !result.Content.IsDefault && SameStructured(result.Structured, structured) && !content.Any(IsDirty);
        return same ? result : result with { Content = [.. content.Select(Clean)], Structured = structured };
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            clean.Append(rune);
        }

        return clean.ToString();
    }

    private static bool SameStructured(JsonElement? before, JsonElement? after) =>
        before is null ? after is null : after is not null && JsonElementSame(before.Value, after.Value);

    private static bool JsonElementSame(JsonElement before, JsonElement after) =>
        JsonMarshal.GetRawUtf8Value(before) == JsonMarshal.GetRawUtf8Value(after);

    private static bool IsDirty(AIContent content) => content is TextContent { Text: var text } && IsDirty(text);

    private static AIContent Clean(AIContent content) => IsDirty(content) ? new TextContent(Clean(((TextContent)content).Text)) : content;

    private static bool IsDirty(string text)
    {
        ReadOnlySpan<char> rest = text;
        for (int at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 >= rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return true;
            }

            rest = rest[(at + 2)..];
        }

        return false;
    }

    private static JsonElement Clean(JsonElement structured)
    {
        ReadOnlySpan<byte> raw = JsonMarshal.GetRawUtf8Value(structured);
        bool suspicious = raw.IndexOf("\\u"u8) >= 0 || !Utf8.IsValid(raw);
        if (!suspicious)
        {
            return structured;
        }

        string text = Encoding.UTF8.GetString(raw);
        string clean = CleanEscapes(text);
        if (ReferenceEquals(text, clean) && Utf8.IsValid(raw))
        {
            return structured;
        }

        using JsonDocument document = JsonDocument.Parse(clean);
        return document.RootElement.Clone();
    }

    /// <summary>Replaces escapes such as <c>\ud800</c> that have no other half beside them.</summary>
    private static string CleanEscapes(string json)
    {
        StringBuilder? clean = null;
        for (int at = json.IndexOf('\\', StringComparison.Ordinal); at >= 0 && at < json.Length - 1; at = json.IndexOf('\\', at))
        {
            if (Unit(json, at) is not { } unit || !char.IsSurrogate(unit))
            {
                at += 2;
            }
            else if (char.IsHighSurrogate(unit) && Unit(json, at + 6) is { } low && char.IsLowSurrogate(low))
            {
                at += 12;
            }
            else
            {
                clean ??= new StringBuilder(json);
                clean.Remove(at, 6).Insert(at, "\\ufffd");
                at += 6;
            }
        }

        return clean?.ToString() ?? json;
    }

    private static char? Unit(string json, int at) =>
        at + 6 <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
            && ushort.TryParse(json.AsSpan(at + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out ushort code)
            ? (char)code
            : null;
}
