namespace Bridge.Llama.Jinja;

/// <summary>Takes a template apart: text, and the tokens of what stands in braces.</summary>
/// <remarks>White space is handled as for chat templates: <c>trim_blocks</c> and <c>lstrip_blocks</c> are on.</remarks>
internal sealed class TemplateLexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private int _at;

    private TemplateLexer(SourceText source)
    {
        _source = source;
        _text = source.Text;
    }

    public static IReadOnlyList<Token> Read(SourceText source)
    {
        var lexer = new TemplateLexer(source);
        while (lexer._at < lexer._text.Length)
        {
            lexer.ReadPart();
        }

        lexer.Add(TokenKind.End, "");
        return lexer._tokens;
    }

    private void ReadPart()
    {
        int tag = FindTag(_at);
        AddText(_at, tag);
        if (tag == _text.Length)
        {
            _at = tag;
            return;
        }

        switch (_text[tag + 1])
        {
            case '#':
                SkipComment(tag);
                break;
            case '%':
                _at = tag;
                if (!TryReadRaw())
                {
                    ReadCode(TokenKind.BeginBlock, "%}", TokenKind.EndBlock);
                }

                break;
            default:
                _at = tag;
                ReadCode(TokenKind.BeginOutput, "}}", TokenKind.EndOutput);
                break;
        }
    }

    private int FindTag(int from)
    {
        for (int at = from; (at = _text.IndexOf('{', at)) >= 0 && at + 1 < _text.Length; at++)
        {
            if (_text[at + 1] is '{' or '%' or '#')
            {
                return at;
            }
        }

        return _text.Length;
    }

    // Text from a place to a tag, without the white space that the tag takes away before it.
    private void AddText(int from, int tag)
    {
        int end = tag;
        char mark = tag + 2 < _text.Length ? _text[tag + 2] : ' ';
        if (tag < _text.Length && mark == '-')
        {
            while (end > from && TextTrim.IsSpace(_text[end - 1]))
            {
                end--;
            }
        }
        else if (tag < _text.Length && mark != '+' && _text[tag + 1] != '{')
        {
            int line = tag;
            while (line > 0 && _text[line - 1] is ' ' or '\t')
            {
                line--;
            }

            end = line == 0 || _text[line - 1] == '\n' ? Math.Max(line, from) : tag;
        }

        if (end > from)
        {
            _tokens.Add(new Token(TokenKind.Text, _text[from..end], from));
        }
    }

    private void SkipComment(int tag)
    {
        int end = _text.IndexOf("#}", tag + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            throw _source.Error(tag, "The comment has no end; write '#}'.");
        }

        _at = end + 2;
        SkipAfter(_text[end - 1], isBlock: true);
    }

    private bool TryReadRaw()
    {
        int inner = Inside(_at);
        if (!WordAt(inner, "raw", out int close) || !CloseAt(close, out int start, out char mark))
        {
            return false;
        }

        for (int end = start; (end = _text.IndexOf("{%", end, StringComparison.Ordinal)) >= 0; end += 2)
        {
            if (WordAt(Inside(end), "endraw", out close) && CloseAt(close, out int after, out char endMark))
            {
                _at = start;
                SkipAfter(mark, isBlock: true);
                AddText(_at, end);
                _at = after;
                SkipAfter(endMark, isBlock: true);
                return true;
            }
        }

        throw _source.Error(_at, "'raw' has no end; write '{% endraw %}'.");
    }

    private int Inside(int tag)
    {
        int at = tag + 2;
        return at < _text.Length && _text[at] is '-' or '+' ? at + 1 : at;
    }

    private bool WordAt(int at, string word, out int after)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        after = at + word.Length;
        return _text.AsSpan(Math.Min(at, _text.Length)).StartsWith(word, StringComparison.Ordinal);
    }

    private bool CloseAt(int at, out int after, out char mark)
    {
        while (at < _text.Length && char.IsWhiteSpace(_text[at]))
        {
            at++;
        }

        mark = at < _text.Length ? _text[at] : ' ';
        int close = mark is '-' or '+' ? at + 1 : at;
        after = close + 2;
        return _text.AsSpan(Math.Min(close, _text.Length)).StartsWith("%}", StringComparison.Ordinal);
    }

    private void ReadCode(TokenKind begin, string close, TokenKind end)
    {
        int tag = _at;
        Add(begin, _text.Substring(_at, 2));
        _at = Inside(tag);
        var code = new CodeLexer(_source, _tokens);
        int depth = 0;
        while (true)
        {
            _at = code.SkipSpace(_at);
            if (_at >= _text.Length)
            {
                throw _source.Error(tag, $"'{_text.AsSpan(tag, 2)}' has no end; write '{close}'.");
            }

            char mark = _text[_at];
            int at = mark is '-' or '+' ? _at + 1 : _at;
            if (depth == 0 && _text.AsSpan(at).StartsWith(close, StringComparison.Ordinal))
            {
                Add(end, close);
                _at = at + 2;
                SkipAfter(mark, isBlock: end == TokenKind.EndBlock);
                return;
            }

            // '}}' may end two maps as well as the output.
            depth += mark is '{' ? 1 : mark is '}' && depth > 0 ? -1 : 0;
            _at = code.Read(_at);
        }
    }

    private void SkipAfter(char mark, bool isBlock)
    {
        if (mark == '-')
        {
            while (_at < _text.Length && TextTrim.IsSpace(_text[_at]))
            {
                _at++;
            }
        }
        else if (isBlock && mark != '+' && _at < _text.Length && _text[_at] == '\n')
        {
            _at++;
        }
    }

    private void Add(TokenKind kind, string value) => _tokens.Add(new Token(kind, value, _at));
}
