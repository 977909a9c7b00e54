using System.Buffers;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Formats;

/// <summary>Identifiers: URI (RFC 3986), UUID (RFC 4122) and regular expressions (ECMA-262).</summary>
internal static class IdentifierFormats
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=%";
    private static readonly SearchValues<char> s_userText = SearchValues.Create(Unreserved + ":");
    private static readonly SearchValues<char> s_hostText = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> s_pathText = SearchValues.Create(Unreserved + ":@/");
    private static readonly SearchValues<char> s_queryText = SearchValues.Create(Unreserved + ":@/?");

    /// <summary>Whether a text is an absolute URI; a fragment is allowed.</summary>
    public static bool IsUri(ReadOnlySpan<char> text)
    {
        int colon = text.IndexOf(':');
        return colon > 0 && IsScheme(text[..colon]) && IsHierarchy(text[(colon + 1)..]);
    }

    public static bool IsUuid(ReadOnlySpan<char> text)
    {
        if (text.Length != 36)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? text[i] != '-' : !char.IsAsciiHexDigit(text[i]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsRegex(ReadOnlySpan<char> text) => text.Length <= EcmaPattern.MaxLength && EcmaPattern.IsWellFormed(text.ToString());

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        if (!char.IsAsciiLetter(text[0]))
        {
            return false;
        }

        foreach (char unit in text)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsHierarchy(ReadOnlySpan<char> text)
    {
        int hash = text.IndexOf('#');
        if (hash >= 0 && !IsText(text[(hash + 1)..], s_queryText))
        {
            return false;
        }

        text = hash < 0 ? text : text[..hash];
        int question = text.IndexOf('?');
        if (question >= 0 && !IsText(text[(question + 1)..], s_queryText))
        {
            return false;
        }

        text = question < 0 ? text : text[..question];
        if (!text.StartsWith("//", StringComparison.Ordinal))
        {
            return IsText(text, s_pathText);
        }

        text = text[2..];
        int slash = text.IndexOf('/');
        return IsAuthority(slash < 0 ? text : text[..slash]) && (slash < 0 || IsText(text[slash..], s_pathText));
    }

    private static bool IsAuthority(ReadOnlySpan<char> text)
    {
        int at = text.IndexOf('@');
        if (at >= 0 && !IsText(text[..at], s_userText))
        {
            return false;
        }

        text = text[(at + 1)..];
        if (!text.StartsWith("[", StringComparison.Ordinal))
        {
            int colon = text.IndexOf(':');
            return IsText(colon < 0 ? text : text[..colon], s_hostText) && IsPort(colon < 0 ? default : text[(colon + 1)..]);
        }

        int end = text.IndexOf(']');
        return end > 0 && NetworkFormats.IsIpv6(text[1..end])
            && (end == text.Length - 1 || (text[end + 1] == ':' && IsPort(text[(end + 2)..])));
    }

    private static bool IsPort(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');

    private static bool IsText(ReadOnlySpan<char> text, SearchValues<char> allowed)
    {
        if (text.ContainsAnyExcept(allowed))
        {
            return false;
        }

        for (int percent = text.IndexOf('%'); percent >= 0; percent = text.IndexOf('%'))
        {
            if (text.Length < percent + 3 || !char.IsAsciiHexDigit(text[percent + 1]) || !char.IsAsciiHexDigit(text[percent + 2]))
            {
                return false;
            }

            text = text[(percent + 3)..];
        }

        return true;
    }
}
