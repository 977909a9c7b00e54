using System.Buffers;

namespace Bridge.Schemas.Formats;

/// <summary>Addresses of mail, hosts and networks.</summary>
internal static class NetworkFormats
{
    private static readonly SearchValues<char> s_atomText = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    public static bool IsEmail(ReadOnlySpan<char> text)
    {
        int at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1)
        {
            return false;
        }

        ReadOnlySpan<char> local = text[..at];
        ReadOnlySpan<char> domain = text[(at + 1)..];
        return (IsDotAtom(local) || IsQuoted(local)) && (domain[0] == '[' ? IsAddressLiteral(domain) : IsHostname(domain));
    }

    public static bool IsHostname(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 253)
        {
            return false;
        }

        foreach (Range part in text.Split('.'))
        {
            if (!IsLabel(text[part]))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsIpv4(ReadOnlySpan<char> text)
    {
        int parts = 0;
        foreach (Range range in text.Split('.'))
        {
            ReadOnlySpan<char> part = text[range];
            bool valid = part.Length is >= 1 and <= 3 && !part.ContainsAnyExceptInRange('0', '9')
                && (part.Length == 1 || part[0] != '0') && int.Parse(part, System.Globalization.CultureInfo.InvariantCulture) <= 255;
            if (!valid || ++parts > 4)
            {
                return false;
            }
        }

        return parts == 4;
    }

    public static bool IsIpv6(ReadOnlySpan<char> text)
    {
        int gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return CountGroups(text, mayEndInIpv4: true) == 8;
        }

        ReadOnlySpan<char> left = text[..gap];
        ReadOnlySpan<char> right = text[(gap + 2)..];
        int before = left.IsEmpty ? 0 : CountGroups(left, mayEndInIpv4: false);
        int after = right.IsEmpty ? 0 : CountGroups(right, mayEndInIpv4: true);
        return before >= 0 && after >= 0 && before + after <= 7;
    }

    /// <summary>Counts groups of 16 bits; -1 when one is malformed.</summary>
    private static int CountGroups(ReadOnlySpan<char> text, bool mayEndInIpv4)
    {
        int groups = 0;
        int end = text.LastIndexOf(':');
        if (mayEndInIpv4 && text.Contains('.'))
        {
            if (!IsIpv4(text[(end + 1)..]))
            {
                return -1;
            }

            if (end < 0)
            {
                return 2;
            }

            text = text[..end];
            groups = 2;
        }

        foreach (Range range in text.Split(':'))
        {
            ReadOnlySpan<char> group = text[range];
            if (group.Length is < 1 or > 4 || !IsHex(group) || ++groups > 8)
            {
                return -1;
            }
        }

        return groups;
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (char digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsLabel(ReadOnlySpan<char> label)
    {
        if (label.Length is < 1 or > 63 || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        foreach (char unit in label)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit != '-')
            {
                return false;
            }
        }

        // Two hyphens in third and fourth place mark an encoding, and Punycode is the only one there is.
        return label.Length < 4 || label[2] != '-' || label[3] != '-' || InternationalLabel.IsEncoded(label);
    }

    private static bool IsDotAtom(ReadOnlySpan<char> text) =>
        !text.ContainsAnyExcept(s_atomText) && text[0] != '.' && text[^1] != '.' && !text.Contains("..", StringComparison.Ordinal);

    private static bool IsQuoted(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[0] != '"' || text[^1] != '"')
        {
            return false;
        }

        ReadOnlySpan<char> inner = text[1..^1];
        for (int i = 0; i < inner.Length; i++)
        {
            i += inner[i] == '\\' ? 1 : 0;
            if (i >= inner.Length || inner[i] is < ' ' or > '~' || (inner[i] == '"' && (i == 0 || inner[i - 1] != '\\')))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsAddressLiteral(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || text[^1] != ']')
        {
            return false;
        }

        ReadOnlySpan<char> address = text[1..^1];
        return address.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? IsIpv6(address[5..]) : IsIpv4(address);
    }
}
