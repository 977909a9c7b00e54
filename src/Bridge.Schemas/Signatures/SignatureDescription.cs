using System.Text.Json;

namespace Bridge.Schemas.Signatures;

/// <summary>What of a parameter's description a signature must say, because name, type, default and values do not say it already.</summary>
internal static class SignatureDescription
{
    private static readonly string[] s_fillers = ["the", "a", "an", "of", "parameter", "param", "argument", "value"];
    private static readonly string[] s_listFillers = ["one", "either", "or", "and", "must", "be", "can", "allowed", "possible", "valid", "values", "options"];
    private const string Openers = "([,;.:-–—";

    /// <summary>The description, on one line; <see langword="null"/> where it adds nothing.</summary>
    public static string? Of(ToolParameter parameter)
    {
        string? own = Trimmed(parameter);
        string? item = parameter is { Item: { } each, Prefix.IsEmpty: true } && each.Description != parameter.Description ? Of(each) : null;
        return item is null ? own : own is null ? $"each: {item}" : $"{own}; each: {item}";
    }

    /// <summary>Whether a parameter or one of its parts must be described.</summary>
    public static bool IsNeededIn(ToolParameter parameter) =>
        Of(parameter) is not null
        || (parameter.Item is { } item && IsNeededIn(item))
        || parameter.Properties.Any(IsNeededIn) || parameter.Others.Any(IsNeededIn)
        || parameter.Prefix.Any(IsNeededIn) || parameter.Alternatives.Any(IsNeededIn);

    /// <summary>A text with its lines and runs of spaces joined.</summary>
    public static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string? Trimmed(ToolParameter parameter)
    {
        if (string.IsNullOrWhiteSpace(parameter.Description))
        {
            return null;
        }

        string text = OneLine(parameter.Description);
        if (parameter.Default is { } fallback)
        {
            text = WithoutDefault(text, fallback);
        }

        text = WithoutMark(text, parameter.Required ? "required" : "optional");
        return AddsNothing(text, parameter) ? null : text;
    }

    /// <summary>Takes a last "(default: 5)" away, where 5 is the declared default.</summary>
    private static string WithoutDefault(string text, JsonElement fallback)
    {
        int start = text.LastIndexOf("default", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return text;
        }

        ReadOnlySpan<char> tail = text.AsSpan(start + "default".Length).TrimEnd(" )].");
        foreach (string word in (string[])["s", " value", " is", " to", ":", "="])
        {
            tail = tail.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? tail[word.Length..] : tail;
        }

        bool repeats = tail.Trim(" \"'`").Equals(fallback.ToString().TrimEnd('.'), StringComparison.OrdinalIgnoreCase);
        return repeats ? Before(text, start) ?? text : text;
    }

    /// <summary>Takes "(optional)" away from either end.</summary>
    private static string WithoutMark(string text, string mark)
    {
        string inner = text.TrimEnd(" )].".ToCharArray());
        if (inner.EndsWith(mark, StringComparison.OrdinalIgnoreCase) && Before(text, inner.Length - mark.Length) is { } before)
        {
            return before;
        }

        ReadOnlySpan<char> start = text.AsSpan().TrimStart("([");
        if (!start.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        ReadOnlySpan<char> rest = start[mark.Length..];
        bool ends = rest.Length > 0 && ")].:,;-".Contains(rest[0], StringComparison.Ordinal);
        return ends ? rest.TrimStart(")].:,;- ").ToString() : text;
    }

    // What stands before must have ended: "by default 5" and "is optional" are parts of a sentence.
    private static string? Before(string text, int start)
    {
        string before = text[..start].TrimEnd();
        return before.Length == 0 ? "" : Openers.Contains(before[^1], StringComparison.Ordinal) ? before.TrimEnd([' ', '(', '[', ',', ';', ':', '-', '–', '—']) : null;
    }

    private static bool AddsNothing(string text, ToolParameter parameter)
    {
        var known = new HashSet<string>(s_fillers, StringComparer.Ordinal);
        known.UnionWith(Words(parameter.Name));
        known.UnionWith(Words(parameter.Format ?? ""));
        known.UnionWith(parameter.Types.Select(ParameterTypes.NameOf));
        known.Add(parameter.Required ? "required" : "optional");
        foreach (JsonElement value in parameter.Values)
        {
            known.UnionWith(s_listFillers);
            known.UnionWith(Words(value.ToString()));
        }

        return Words(text).All(known.Contains);
    }

    // "maxResults" and "Max results" are the same words.
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 0; i <= text.Length; i++)
        {
            bool isEnd = i == text.Length || !char.IsLetterOrDigit(text[i]);
            bool isHump = !isEnd && i > start && char.IsUpper(text[i]) && char.IsLower(text[i - 1]);
            if (!isEnd && !isHump)
            {
                continue;
            }

            if (i > start)
            {
                yield return text[start..i].ToLowerInvariant();
            }

            start = isEnd ? i + 1 : i;
        }
    }
}
