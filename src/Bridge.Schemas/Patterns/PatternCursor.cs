using System.Globalization;
using Bridge.Schemas.Json;

namespace Bridge.Schemas.Patterns;

/// <summary>Reads a pattern from left to right: code points, escapes, sets.</summary>
/// <param name="text">The pattern.</param>
internal abstract class PatternCursor(string text)
{
    protected string Text { get; } = text;

    protected int At { get; set; }

    protected bool AtEnd => At >= Text.Length;

    /// <summary>Takes <c>\d</c>, <c>\p{…}</c> and their like, the backslash being read; null when something else follows.</summary>
    internal CodePointSet? TakeEscapedSet()
    {
        if (AtEnd)
        {
            throw Error("it ends with a lone '\\'");
        }

        CodePointSet? set = Text[At] switch
        {
            'd' => CodePointSet.Digit,
            'D' => CodePointSet.Digit.Complement(),
            'w' => CodePointSet.Word,
            'W' => CodePointSet.Word.Complement(),
            's' => CodePointSet.Space,
            'S' => CodePointSet.Space.Complement(),
            'p' or 'P' => TakeProperty(),
            _ => null,
        };
        At += set is null ? 0 : 1;
        return set;
    }

    private CodePointSet TakeProperty()
    {
        bool negated = Text[At] == 'P';
        int end = Text.IndexOf('}', At);
        if (end < 0 || Text[At + 1] != '{')
        {
            throw Error("'\\p' must be followed by a property in braces, such as '\\p{L}'");
        }

        string name = Text[(At + 2)..end];
        CodePointSet set = UnicodeProperties.Find(name) ?? throw Error($"'{JsonText.Cap(name)}' is no Unicode property of ECMA-262; allowed is {UnicodeProperties.Allowed}");
        At = end;
        return negated ? set.Complement() : set;
    }

    /// <summary>Takes an escape of one code point, the backslash being read.</summary>
    internal int TakeEscapedCodePoint()
    {
        int taken = TakeCodePoint();
        switch (taken)
        {
            case 't': return '\t';
            case 'n': return '\n';
            case 'v': return '\v';
            case 'f': return '\f';
            case 'r': return '\r';
            case '0': return 0;
            case 'x': return TakeHex(2);
            case 'u': return TakeUnicode();
            case 'c' when !AtEnd && char.IsAsciiLetter(Text[At]): return Text[At++] % 32;
        }

        return taken < 128 && char.IsAsciiLetterOrDigit((char)taken)
            ? throw Error($"'\\{(char)taken}' is not an escape of ECMA-262")
            : taken;
    }

    private int TakeUnicode()
    {
        if (TryTake('{'))
        {
            int end = Text.IndexOf('}', At);
            bool valid = int.TryParse(
                end < 0 ? "" : Text.AsSpan(At, end - At), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value);
            At = end + 1;
            return valid && value <= CodePointSet.Max ? value : throw Error("'\\u{…}' must hold a code point in hexadecimal");
        }

        int unit = TakeHex(4);
        int start = At;
        if (unit is >= 0xD800 and <= 0xDBFF && TryTake("\\u"))
        {
            int low = TakeHex(4);
            if (low is >= 0xDC00 and <= 0xDFFF)
            {
                return char.ConvertToUtf32((char)unit, (char)low);
            }

            At = start;
        }

        return unit;
    }

    private int TakeHex(int digits)
    {
        if (At + digits > Text.Length
            || !int.TryParse(Text.AsSpan(At, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            throw Error($"an escape needs {digits} hexadecimal digits");
        }

        At += digits;
        return value;
    }

    internal int TakeCodePoint()
    {
        if (AtEnd)
        {
            throw Error("it ends too early");
        }

        int codePoint = char.IsHighSurrogate(Text[At]) && At + 1 < Text.Length && char.IsLowSurrogate(Text[At + 1])
            ? char.ConvertToUtf32(Text[At], Text[At + 1])
            : Text[At];
        At += codePoint > 0xFFFF ? 2 : 1;
        return codePoint;
    }

    internal bool TryTake(char expected)
    {
        bool found = !AtEnd && Text[At] == expected;
        At += found ? 1 : 0;
        return found;
    }

    internal bool LooksAt(string expected) => string.CompareOrdinal(Text, At, expected, 0, expected.Length) == 0;

    internal PatternSyntaxException Error(string what) => new($"at position {At}, {what}");

    protected bool TryTake(string expected)
    {
        bool found = LooksAt(expected);
        At += found ? expected.Length : 0;
        return found;
    }

    protected int? TakeInteger()
    {
        int start = At;
        while (!AtEnd && char.IsAsciiDigit(Text[At]))
        {
            At++;
        }

        return start == At ? null
            : int.TryParse(Text.AsSpan(start, At - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
            : int.MaxValue;
    }
}
