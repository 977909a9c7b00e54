using System.Globalization;
using System.Text;

namespace Bridge.Schemas.Tests.Exports;

/// <summary>Reads a GBNF grammar as llama.cpp does, and refuses what llama.cpp refuses.</summary>
internal sealed class GbnfReader
{
    private const int RepetitionLimit = 2_000;

    private readonly string _text;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, GbnfSymbol[][]> _rules = [];
    private int _at;

    private GbnfReader(string text) => _text = text;

    private char Now => _at < _text.Length ? _text[_at] : '\0';

    public static GbnfMachine Read(string text)
    {
        var reader = new GbnfReader(text);
        reader.Space(newLines: true);
        while (reader._at < text.Length)
        {
            reader.Rule();
        }

        foreach ((string name, int id) in reader._ids)
        {
            reader._rules.ContainsKey(id).Should().BeTrue($"the rule '{name}' is referred to");
        }

        return new GbnfMachine(reader._rules, reader._ids["root"]);
    }

    private void Rule()
    {
        string name = Name();
        name.Should().MatchRegex("^[a-z][a-z0-9-]*$|^[0-9][a-z0-9-]*$");
        if (_rules.Count == 0)
        {
            name.Should().Be("root");
        }

        Space(newLines: false);
        Take("::=");
        Space(newLines: true);
        int id = IdOf(name);
        _rules.ContainsKey(id).Should().BeFalse($"the rule '{name}' is defined once");
        _rules[id] = [];
        _rules[id] = Choice(nested: false);
        if (Now == '\n')
        {
            _at++;
        }
        else if (_at < _text.Length)
        {
            throw Wrong("the end of a rule");
        }

        Space(newLines: true);
    }

    private GbnfSymbol[][] Choice(bool nested)
    {
        var options = new List<GbnfSymbol[]> { Sequence(nested) };
        while (Now == '|')
        {
            _at++;
            Space(newLines: true);
            options.Add(Sequence(nested));
        }

        return [.. options];
    }

    private GbnfSymbol[] Sequence(bool nested)
    {
        var symbols = new List<GbnfSymbol>();
        int last = 0;
        long weight = 1;
        while (true)
        {
            switch (Now)
            {
                case '"':
                    (last, weight) = (symbols.Count, 1);
                    Literal(symbols);
                    break;
                case '[':
                    (last, weight) = (symbols.Count, 1);
                    symbols.Add(Set());
                    break;
                case '(':
                    (last, weight) = (symbols.Count, Group(symbols));
                    break;
                case '*':
                    _at++;
                    Repeat(symbols, last, ref weight, 0, null);
                    break;
                case '+':
                    _at++;
                    Repeat(symbols, last, ref weight, 1, null);
                    break;
                case '?':
                    _at++;
                    Repeat(symbols, last, ref weight, 0, 1);
                    break;
                case '{':
                    (int least, int? most) = Bounds();
                    Repeat(symbols, last, ref weight, least, most);
                    break;
                case var letter when char.IsAsciiLetterOrDigit(letter) || letter == '-':
                    (last, weight) = (symbols.Count, 1);
                    symbols.Add(new GbnfReference(IdOf(Name())));
                    break;
                default:
                    return [.. symbols];
            }

            Space(nested);
        }
    }

    private void Literal(List<GbnfSymbol> symbols)
    {
        _at++;
        while (Now != '"')
        {
            int value = Character();
            symbols.Add(new GbnfCharacters([(value, value)]));
        }

        _at++;
    }

    private GbnfCharacters Set()
    {
        _at++;
        var ranges = new List<(int, int)>();
        Now.Should().NotBe('^', "no set is written by what it leaves out");
        while (Now != ']')
        {
            int first = Character();
            int last = first;
            if (Now == '-' && _text[_at + 1] != ']')
            {
                _at++;
                last = Character();
            }

            first.Should().BeLessThanOrEqualTo(last);
            ranges.Add((first, last));
        }

        _at++;
        ranges.Should().NotBeEmpty();
        return new GbnfCharacters([.. ranges]);
    }

    private long Group(List<GbnfSymbol> symbols)
    {
        _at++;
        Space(newLines: true);
        int before = _ids.Count;
        int id = NewId();
        _rules[id] = Choice(nested: true);
        Take(")");
        symbols.Add(new GbnfReference(id));
        return Math.Max(1, _ids.Count - before);
    }

    private (int Least, int? Most) Bounds()
    {
        _at++;
        int least = Number();
        int? most = least;
        if (Now == ',')
        {
            _at++;
            most = char.IsAsciiDigit(Now) ? Number() : null;
        }

        Take("}");
        return (least, most);
    }

    private void Repeat(List<GbnfSymbol> symbols, int last, ref long weight, int least, int? most)
    {
        last.Should().BeLessThan(symbols.Count, "something must stand before a repetition");
        (most ?? 0).Should().BeLessThanOrEqualTo(RepetitionLimit, "a greater bound would silently be none");
        long total = most > 0 ? most.Value : least > 0 ? least : 1;
        (weight * total).Should().BeLessThan(RepetitionLimit, "llama.cpp refuses more");
        weight *= total;
        GbnfSymbol[] item = [.. symbols[last..]];
        symbols.RemoveRange(last, item.Length);
        for (int i = 0; i < least; i++)
        {
            symbols.AddRange(item);
        }

        int? rest = null;
        for (int i = most is null ? 0 : least; i < (most ?? 1); i++)
        {
            int id = NewId();
            GbnfSymbol[] again = most is null ? [.. item, new GbnfReference(id)] : rest is { } inner ? [.. item, new GbnfReference(inner)] : item;
            _rules[id] = [again, []];
            rest = id;
        }

        symbols.AddRange(rest is { } open ? [new GbnfReference(open)] : []);
    }

    private int Character()
    {
        if (Now != '\\')
        {
            var rune = Rune.GetRuneAt(_text, _at);
            _at += rune.Utf16SequenceLength;
            rune.Value.Should().BeGreaterThanOrEqualTo(' ', "control characters are escaped");
            return rune.Value;
        }

        char kind = _text[_at + 1];
        _at += 2;
        return kind switch
        {
            'x' => Hexadecimal(2),
            'u' => Hexadecimal(4),
            'U' => Hexadecimal(8),
            't' => '\t',
            'r' => '\r',
            'n' => '\n',
            '\\' or '"' or '[' or ']' or '-' => kind,
            _ => throw Wrong("an escape"),
        };
    }

    private int Hexadecimal(int digits)
    {
        int value = int.Parse(_text.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        _at += digits;
        return value;
    }

    private int Number()
    {
        int start = _at;
        while (char.IsAsciiDigit(Now))
        {
            _at++;
        }

        return int.Parse(_text.AsSpan(start, _at - start), CultureInfo.InvariantCulture);
    }

    private string Name()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(Now) || Now == '-')
        {
            _at++;
        }

        return _at > start ? _text[start.._at] : throw Wrong("a name");
    }

    private void Space(bool newLines)
    {
        while (Now is ' ' or '\t' || (newLines && Now == '\n'))
        {
            _at++;
        }
    }

    private void Take(string expected)
    {
        if (!_text.AsSpan(_at).StartsWith(expected, StringComparison.Ordinal))
        {
            throw Wrong(expected);
        }

        _at += expected.Length;
    }

    private int IdOf(string name)
    {
        if (!_ids.TryGetValue(name, out int id))
        {
            _ids[name] = id = _ids.Count;
        }

        return id;
    }

    // A name that no grammar can write.
    private int NewId() => IdOf($"_{_ids.Count}");

    private FormatException Wrong(string expected) =>
        new($"Expected {expected} at {_at}: {_text[_at..Math.Min(_text.Length, _at + 60)]}");
}
