using System.Collections.Immutable;
using System.Globalization;

namespace Bridge.Schemas.Patterns;

/// <summary>Parses a regular expression of ECMA-262 in Unicode mode, as lenient about needless escapes as web browsers are.</summary>
internal sealed class PatternParser
{
    private const int MaxNesting = 50;
    private const int MaxRepeat = 100_000;

    private readonly string _text;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(string? Name, int Number)> _references = [];
    private int _at;
    private int _captures;
    private int _nesting;

    private PatternParser(string text) => _text = text;

    private bool AtEnd => _at >= _text.Length;

    /// <summary>Parses a pattern.</summary>
    /// <exception cref="PatternSyntaxException">It is malformed.</exception>
    public static PatternNode Parse(string text)
    {
        var parser = new PatternParser(text);
        PatternNode node = parser.ParseChoice();
        if (!parser.AtEnd)
        {
            throw parser.Error("there is a ')' without its '('");
        }

        return parser._references.Count == 0 ? node : parser.Resolve(node);
    }

    private PatternNode ParseChoice()
    {
        if (++_nesting > MaxNesting)
        {
            throw Error($"groups are nested deeper than {MaxNesting}");
        }

        var options = new List<PatternNode> { ParseSequence() };
        while (TryTake('|'))
        {
            options.Add(ParseSequence());
        }

        _nesting--;
        return options.Count == 1 ? options[0] : new ChoiceNode([.. options]);
    }

    private PatternNode ParseSequence()
    {
        var parts = new List<PatternNode>();
        while (!AtEnd && _text[_at] is not ('|' or ')'))
        {
            parts.Add(ParseQuantified());
        }

        return parts.Count == 1 ? parts[0] : new SequenceNode([.. parts]);
    }

    private PatternNode ParseQuantified()
    {
        PatternNode atom = ParseAtom();
        (int Min, int? Max)? bounds = ParseQuantifier();
        if (bounds is not { } repeat)
        {
            return atom;
        }

        if (atom is AnchorNode or LookNode { Behind: true })
        {
            throw Error("a quantifier follows something that cannot be repeated");
        }

        return new RepeatNode(atom, repeat.Min, repeat.Max, Lazy: TryTake('?'));
    }

    private (int Min, int? Max)? ParseQuantifier()
    {
        if (TryTake('*'))
        {
            return (0, null);
        }

        if (TryTake('+'))
        {
            return (1, null);
        }

        return TryTake('?') ? (0, 1) : ParseCounts();
    }

    private (int Min, int? Max)? ParseCounts()
    {
        int start = _at;
        if (!TryTake('{') || ParseInteger() is not { } min)
        {
            _at = start;
            return null;
        }

        int? max = TryTake(',') ? ParseInteger() : min;
        if (!TryTake('}'))
        {
            _at = start;
            return null;
        }

        if (max < min || min > MaxRepeat || max > MaxRepeat)
        {
            throw Error($"the counts of a quantifier must rise and stay below {MaxRepeat}");
        }

        return (min, max);
    }

    private int? ParseInteger()
    {
        int start = _at;
        while (!AtEnd && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return start == _at ? null
            : int.TryParse(_text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value
            : int.MaxValue;
    }

    private PatternNode ParseAtom()
    {
        char next = _text[_at];
        switch (next)
        {
            case '^':
                _at++;
                return new AnchorNode(AnchorKind.Start);
            case '$':
                _at++;
                return new AnchorNode(AnchorKind.End);
            case '(':
                _at++;
                return ParseGroup();
            case '.':
                _at++;
                return new SetNode(CodePointSet.NotLineEnd);
            case '[':
                _at++;
                return new SetNode(new ClassParser(this).Parse());
            case '\\':
                _at++;
                return ParseEscape();
            case '*' or '+' or '?':
                throw Error("there is nothing for the quantifier to repeat");
            default:
                return Single(TakeCodePoint());
        }
    }

    private PatternNode ParseGroup()
    {
        PatternNode node;
        if (TryTake("?:"))
        {
            node = ParseChoice();
        }
        else if (TryTake("?="))
        {
            node = new LookNode(ParseChoice(), Behind: false, Negated: false);
        }
        else if (TryTake("?!"))
        {
            node = new LookNode(ParseChoice(), Behind: false, Negated: true);
        }
        else if (TryTake("?<="))
        {
            node = new LookNode(ParseChoice(), Behind: true, Negated: false);
        }
        else if (TryTake("?<!"))
        {
            node = new LookNode(ParseChoice(), Behind: true, Negated: true);
        }
        else
        {
            node = ParseCapture();
        }

        return TryTake(')') ? node : throw Error("a '(' has no ')'");
    }

    private CaptureNode ParseCapture()
    {
        int number = ++_captures;
        if (TryTake("?<"))
        {
            if (!_names.TryAdd(TakeName(), number))
            {
                throw Error("two groups have the same name");
            }
        }
        else if (!AtEnd && _text[_at] == '?')
        {
            throw Error("this kind of group is not one of ECMA-262");
        }

        return new CaptureNode(ParseChoice(), number);
    }

    private string TakeName()
    {
        int end = _text.IndexOf('>', _at);
        if (end <= _at || !_text.AsSpan(_at, end - _at).ToString().All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '$'))
        {
            throw Error("the name of a group must be letters, digits and underscores between '<' and '>'");
        }

        string name = _text[_at..end];
        _at = end + 1;
        return name;
    }

    private PatternNode ParseEscape()
    {
        if (TryTake('b'))
        {
            return new AnchorNode(AnchorKind.WordBoundary);
        }

        if (TryTake('B'))
        {
            return new AnchorNode(AnchorKind.NotWordBoundary);
        }

        if (TryTake("k<"))
        {
            string name = TakeName();
            _references.Add((name, 0));
            return new BackreferenceNode(-_references.Count);
        }

        if (!AtEnd && _text[_at] is >= '1' and <= '9')
        {
            _references.Add((null, ParseInteger()!.Value));
            return new BackreferenceNode(-_references.Count);
        }

        return TakeEscapedSet() is { } set ? new SetNode(set) : Single(TakeEscapedCodePoint());
    }

    /// <summary>References may stand before the group they name, so their numbers are filled in last.</summary>
    private PatternNode Resolve(PatternNode node) => node switch
    {
        BackreferenceNode reference => new BackreferenceNode(NumberOf(_references[-reference.Number - 1])),
        SequenceNode sequence => new SequenceNode([.. sequence.Parts.Select(Resolve)]),
        ChoiceNode choice => new ChoiceNode([.. choice.Options.Select(Resolve)]),
        RepeatNode repeat => repeat with { Body = Resolve(repeat.Body) },
        CaptureNode capture => capture with { Body = Resolve(capture.Body) },
        LookNode look => look with { Body = Resolve(look.Body) },
        _ => node,
    };

    private int NumberOf((string? Name, int Number) reference)
    {
        int number = reference.Name is null ? reference.Number : _names.GetValueOrDefault(reference.Name);
        return number >= 1 && number <= _captures ? number : throw Error("a back-reference names no group");
    }

    /// <summary>Takes <c>\d</c>, <c>\p{…}</c> and their like, the backslash being read; null when something else follows.</summary>
    internal CodePointSet? TakeEscapedSet()
    {
        if (AtEnd)
        {
            throw Error("it ends with a lone '\\'");
        }

        CodePointSet? set = _text[_at] switch
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
        _at += set is null ? 0 : 1;
        return set;
    }

    private CodePointSet TakeProperty()
    {
        bool negated = _text[_at] == 'P';
        int end = _text.IndexOf('}', _at);
        if (end < 0 || _text[_at + 1] != '{')
        {
            throw Error("'\\p' must be followed by a property in braces, such as '\\p{L}'");
        }

        string name = _text[(_at + 2)..end];
        CodePointSet set = UnicodeProperties.Find(name) ?? throw Error($"the Unicode property '{name}' is not supported");
        _at = end;
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
            case 'c' when !AtEnd && char.IsAsciiLetter(_text[_at]): return _text[_at++] % 32;
        }

        return taken < 128 && char.IsAsciiLetterOrDigit((char)taken)
            ? throw Error($"'\\{(char)taken}' is not an escape of ECMA-262")
            : taken;
    }

    private int TakeUnicode()
    {
        if (TryTake('{'))
        {
            int end = _text.IndexOf('}', _at);
            bool valid = int.TryParse(
                end < 0 ? "" : _text.AsSpan(_at, end - _at), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value);
            _at = end + 1;
            return valid && value <= CodePointSet.Max ? value : throw Error("'\\u{…}' must hold a code point in hexadecimal");
        }

        int unit = TakeHex(4);
        int start = _at;
        if (unit is >= 0xD800 and <= 0xDBFF && TryTake("\\u"))
        {
            int low = TakeHex(4);
            if (low is >= 0xDC00 and <= 0xDFFF)
            {
                return char.ConvertToUtf32((char)unit, (char)low);
            }

            _at = start;
        }

        return unit;
    }

    private int TakeHex(int digits)
    {
        if (_at + digits > _text.Length
            || !int.TryParse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            throw Error($"an escape needs {digits} hexadecimal digits");
        }

        _at += digits;
        return value;
    }

    internal int TakeCodePoint()
    {
        if (AtEnd)
        {
            throw Error("it ends too early");
        }

        int codePoint = char.IsHighSurrogate(_text[_at]) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1])
            ? char.ConvertToUtf32(_text[_at], _text[_at + 1])
            : _text[_at];
        _at += codePoint > 0xFFFF ? 2 : 1;
        return codePoint;
    }

    internal bool TryTake(char expected)
    {
        bool found = !AtEnd && _text[_at] == expected;
        _at += found ? 1 : 0;
        return found;
    }

    internal bool LooksAt(string expected) => string.CompareOrdinal(_text, _at, expected, 0, expected.Length) == 0;

    internal PatternSyntaxException Error(string what) => new($"at position {_at}, {what}");

    private static SetNode Single(int codePoint) => new(CodePointSet.Of((codePoint, codePoint)));

    private bool TryTake(string expected)
    {
        bool found = LooksAt(expected);
        _at += found ? expected.Length : 0;
        return found;
    }
}
