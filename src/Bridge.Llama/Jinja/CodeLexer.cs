using System.Globalization;
using System.Text;

namespace Bridge.Llama.Jinja;

/// <summary>Reads the tokens within braces.</summary>
internal sealed class CodeLexer(SourceText source, List<Token> tokens)
{
    private const string Signs = "+-*/%~<>=()[]{}|,.:";

    private static readonly string[] s_pairs = ["**", "//", "==", "!=", "<=", ">="];

    private readonly string _text = source.Text;

    public int SkipSpace(int at)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Reads one token and says where it ends.</summary>
    public int Read(int at)
    {
        char first = _text[at];
        if (first is '"' or '\'')
        {
            return ReadLiteral(at);
        }

        if (char.IsAsciiDigit(first))
        {
            return ReadNumber(at);
        }

        if (first == '_' || char.IsLetter(first))
        {
            int end = at + 1;
            while (end < _text.Length && (_text[end] == '_' || char.IsLetterOrDigit(_text[end])))
            {
                end++;
            }

            return Add(TokenKind.Name, at, end);
        }

        foreach (string pair in s_pairs)
        {
            if (_text.AsSpan(at).StartsWith(pair, StringComparison.Ordinal))
            {
                return Add(TokenKind.Sign, at, at + 2);
            }
        }

        return Signs.Contains(first, StringComparison.Ordinal)
            ? Add(TokenKind.Sign, at, at + 1)
            : throw source.Error(at, $"The character '{first}' has no meaning here.");
    }

    private int Add(TokenKind kind, int at, int end)
    {
        tokens.Add(new Token(kind, _text[at..end], at));
        return end;
    }

    private int ReadNumber(int at)
    {
        int end = Digits(at);
        TokenKind kind = TokenKind.Integer;
        bool isMember = tokens[^1] is { Kind: TokenKind.Sign, Value: "." }; // x.0.1 is a member of a member
        if (!isMember && end + 1 < _text.Length && _text[end] == '.' && char.IsAsciiDigit(_text[end + 1]))
        {
            end = Digits(end + 1);
            kind = TokenKind.Float;
        }

        if (!isMember && end < _text.Length && _text[end] is 'e' or 'E')
        {
            int sign = end + 1 < _text.Length && _text[end + 1] is '+' or '-' ? end + 2 : end + 1;
            if (sign < _text.Length && char.IsAsciiDigit(_text[sign]))
            {
                end = Digits(sign);
                kind = TokenKind.Float;
            }
        }

        return Add(kind, at, end);
    }

    private int Digits(int at)
    {
        while (at < _text.Length && (char.IsAsciiDigit(_text[at]) || _text[at] == '_'))
        {
            at++;
        }

        return at;
    }

    private int ReadLiteral(int start)
    {
        char quote = _text[start];
        int at = start + 1;
        int end = _text.AsSpan(at).IndexOfAny(quote, '\\');
        if (end >= 0 && _text[at + end] == quote)
        {
            tokens.Add(new Token(TokenKind.Literal, _text.Substring(at, end), start));
            return at + end + 1;
        }

        var value = new StringBuilder();
        while (at < _text.Length && _text[at] != quote)
        {
            at = _text[at] == '\\' ? ReadEscape(at, value) : AppendOne(at, value);
        }

        if (at >= _text.Length)
        {
            throw source.Error(start, "The text in quotes has no end.");
        }

        tokens.Add(new Token(TokenKind.Literal, value.ToString(), start));
        return at + 1;
    }

    private int AppendOne(int at, StringBuilder value)
    {
        value.Append(_text[at]);
        return at + 1;
    }

    private int ReadEscape(int at, StringBuilder value)
    {
        if (at + 1 >= _text.Length)
        {
            throw source.Error(at, "The text in quotes has no end.");
        }

        char escape = _text[at + 1];
        if (escape is 'x' or 'u' or 'U')
        {
            return ReadHex(at, escape switch { 'x' => 2, 'u' => 4, _ => 8 }, value);
        }

        string? meant = escape switch
        {
            'n' => "\n",
            't' => "\t",
            'r' => "\r",
            'b' => "\b",
            'f' => "\f",
            'v' => "\v",
            'a' => "\a",
            '0' => "\0",
            '\n' => "",
            '\'' or '"' or '\\' => escape.ToString(),
            _ => null,
        };
        value.Append(meant ?? $"\\{escape}"); // Python leaves what it does not know
        return at + 2;
    }

    private int ReadHex(int at, int digits, StringBuilder value)
    {
        int start = at + 2;
        if (start + digits > _text.Length
            || !uint.TryParse(_text.AsSpan(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint code)
            || code > 0x10FFFF)
        {
            throw source.Error(at, $"The escape '\\{_text[at + 1]}' needs {digits} hexadecimal digits of a character.");
        }

        _ = code > char.MaxValue ? value.Append(char.ConvertFromUtf32((int)code)) : value.Append((char)code);
        return start + digits;
    }
}
