using System.Collections.Immutable;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Formats;

/// <summary>The formats as regular expressions: what they match has the format, and so do all common spellings; rare ones are left out.</summary>
/// <remarks>
/// Left out are: leap seconds and lower-case <c>t</c> and <c>z</c> in times; quoted and literal parts of mail addresses; host names with
/// a doubled hyphen, and so Punycode; IPv4 within IPv6; IPv6 hosts in URIs. Regular expressions are not themselves regular.
/// </remarks>
internal static class FormatPatterns
{
    private const string Day =
        @"(?:\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))"
        + @"|(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29)";

    private const string Time = @"(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)";
    private const string Label = @"[A-Za-z0-9](?:[A-Za-z0-9]|-[A-Za-z0-9])*";
    private const string Host = $@"{Label}(?:\.{Label})*";
    private const string ShortLabels = @"[^.@]{1,63}(?:\.[^.@]{1,63})*";
    private const string Byte = @"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)";
    private const string Group = "[0-9A-Fa-f]{1,4}";
    private const string Unreserved = @"[A-Za-z0-9\-._~!$&'()*+,;=]";
    private const string Percent = "%[0-9A-Fa-f]{2}";

    private static readonly Dictionary<string, Lazy<ImmutableArray<PatternNode>>> s_all = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["date"] = [$"^{Day}$"],
        ["time"] = [$"^{Time}$"],
        ["date-time"] = [$"^{Day}T{Time}$"],
        ["duration"] = [@"^P(?:\d{1,9}W|(?:\d{1,9}Y(?:\d{1,9}M(?:\d{1,9}D)?)?|\d{1,9}M(?:\d{1,9}D)?|\d{1,9}D)(?:T(?:\d{1,9}H(?:\d{1,9}M(?:\d{1,9}S)?)?|\d{1,9}M(?:\d{1,9}S)?|\d{1,9}S))?|T(?:\d{1,9}H(?:\d{1,9}M(?:\d{1,9}S)?)?|\d{1,9}M(?:\d{1,9}S)?|\d{1,9}S))$"],
        ["email"] = [$@"^[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~\-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~\-]+)*@{Host}$", $"^[^@]{{1,64}}@{ShortLabels}$"],
        ["hostname"] = [$"^{Host}$", $"^{ShortLabels}$", "^.{1,253}$"],
        ["ipv4"] = [$@"^{Byte}(?:\.{Byte}){{3}}$"],
        ["ipv6"] = [Ipv6()],
        ["uri"] = [$@"^[A-Za-z][A-Za-z0-9+\-.]*:(?://(?:(?:{Unreserved}|:|{Percent})*@)?(?:{Unreserved}|{Percent})*(?::\d*)?(?:/(?:{Unreserved}|[:@/]|{Percent})*)?|(?:/(?:{Unreserved}|[:@]|{Percent}))?(?:{Unreserved}|[:@]|{Percent})(?:{Unreserved}|[:@/]|{Percent})*)?(?:\?(?:{Unreserved}|[:@/?]|{Percent})*)?(?:#(?:{Unreserved}|[:@/?]|{Percent})*)?$"],
        ["uuid"] = ["^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$"],
    }.ToDictionary(entry => entry.Key, entry => new Lazy<ImmutableArray<PatternNode>>(() => [.. entry.Value.Select(PatternParser.Parse)]));

    /// <summary>The patterns that together describe a format; <see langword="null"/> when none do.</summary>
    public static ImmutableArray<PatternNode>? Of(string format) => s_all.TryGetValue(format, out Lazy<ImmutableArray<PatternNode>>? patterns) ? patterns.Value : null;

    /// <summary>Eight groups, or fewer around one gap.</summary>
    private static string Ipv6()
    {
        var forms = new List<string> { $"(?:{Group}:){{7}}{Group}" };
        for (int before = 0; before <= 7; before++)
        {
            string left = before == 0 ? "" : $"{Group}(?::{Group}){{{before - 1}}}";
            int most = 7 - before;
            string right = most == 0 ? "" : $"(?:{Group}(?::{Group}){{0,{most - 1}}})?";
            forms.Add($"{left}::{right}");
        }

        return $"^(?:{string.Join('|', forms)})$";
    }
}
