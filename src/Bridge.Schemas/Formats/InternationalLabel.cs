using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Formats;

/// <summary>Labels of host names in other scripts than Latin (IDNA 2008: RFC 5891 to 5893), as host names carry them: encoded.</summary>
/// <remarks>Left out is whether letters and their accents stand composed: .NET knows only where it has globalization data, and verdicts must not depend on that.</remarks>
internal static class InternationalLabel
{
    private const string Prefix = "xn--";
    private const int NonJoiner = 0x200C;
    private const int Joiner = 0x200D;

    /// <summary>Whether a label is the encoded form of a valid international label.</summary>
    public static bool IsEncoded(ReadOnlySpan<char> label)
    {
        if (!label.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        string plain = label[Prefix.Length..].ToString().ToLowerInvariant();
        return Punycode.Decode(plain) is { } points && IsValid(points);
    }

    private static bool IsValid(List<int> points)
    {
        bool hyphens = points[0] == '-' || points[^1] == '-' || (points.Count > 3 && points[2] == '-' && points[3] == '-');
        if (hyphens || IsIn("M", points[0]))
        {
            return false;
        }

        for (int i = 0; i < points.Count; i++)
        {
            if (!Has("idna.valid", points[i]) && !IsValidInContext(points, i))
            {
                return false;
            }
        }

        return IsReadOneWay(points);
    }

    /// <summary>RFC 5892, appendix A: what is valid only beside certain others.</summary>
    private static bool IsValidInContext(List<int> points, int at)
    {
        int before = at > 0 ? points[at - 1] : -1;
        int after = at < points.Count - 1 ? points[at + 1] : -1;
        return points[at] switch
        {
            Joiner => Has("idna.virama", before),
            NonJoiner => Has("idna.virama", before) || JoinsBothSides(points, at),
            0x00B7 => before == 'l' && after == 'l',
            0x0375 => IsIn("sc=Greek", after),
            0x05F3 or 0x05F4 => IsIn("sc=Hebrew", before),
            0x30FB => points.Exists(point => IsIn("sc=Hiragana", point) || IsIn("sc=Katakana", point) || IsIn("sc=Han", point)),
            >= 0x0660 and <= 0x0669 => !points.Exists(point => point is >= 0x06F0 and <= 0x06F9),
            >= 0x06F0 and <= 0x06F9 => !points.Exists(point => point is >= 0x0660 and <= 0x0669),
            _ => false,
        };
    }

    private static bool JoinsBothSides(List<int> points, int at)
    {
        int before = points.FindLastIndex(at, point => point != NonJoiner && !Has("idna.transparent", point));
        int after = points.FindIndex(at, point => point != NonJoiner && !Has("idna.transparent", point));
        return before >= 0 && after >= 0 && Has("idna.joins-next", points[before]) && Has("idna.joins-previous", points[after]);
    }

    /// <summary>RFC 5893, section 2: a label with characters that run from right to left has only such, and numbers of one kind.</summary>
    private static bool IsReadOneWay(List<int> points)
    {
        if (!points.Exists(point => Has("bidi.right", point) || Has("bidi.arabic-number", point)))
        {
            return true;
        }

        int last = points.FindLast(point => !Has("bidi.nonspacing", point));
        bool european = points.Exists(point => Has("bidi.european-number", point));
        bool arabic = points.Exists(point => Has("bidi.arabic-number", point));
        return Has("bidi.right", points[0]) && !points.Exists(point => Has("bidi.left", point)) && !(european && arabic)
            && (Has("bidi.right", last) || Has("bidi.european-number", last) || Has("bidi.arabic-number", last));
    }

    private static bool Has(string set, int point) => UnicodeTable.Instance.Find('i', set)!.Contains(point);

    private static bool IsIn(string property, int point) => UnicodeProperties.Find(property)!.Contains(point);
}
