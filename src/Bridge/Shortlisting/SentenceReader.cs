using System.Collections.Frozen;

namespace Bridge.Shortlisting;

/// <summary>Reads the sentences of a text, one after the other, without allocating: a request for several tools mostly gives each its own.</summary>
internal ref struct SentenceReader
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_abbreviations =
        new[] { "dr", "mr", "mrs", "ms", "prof", "st", "no", "vs", "e.g", "i.e", "etc", "jr", "sr", "inc", "ltd", "a.m", "p.m" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ReadOnlySpan<char> _text;
    private int _start;
    private int _end;

    /// <summary>Starts reading.</summary>
    /// <param name="text">The text.</param>
    public SentenceReader(ReadOnlySpan<char> text)
    {
        _text = text;
        _end = -1;
    }

    /// <summary>The sentence, without the mark at its end.</summary>
    public readonly ReadOnlySpan<char> Current => _text[_start.._end];

    /// <summary>Reads the next sentence that is not empty.</summary>
    /// <returns>Whether there was one.</returns>
    public bool MoveNext()
    {
        do
        {
            _start = _end + 1;
            if (_start >= _text.Length)
            {
                return false;
            }

            _end = _start;
            while (_end < _text.Length && !IsEnd())
            {
                _end++;
            }
        }
        while (Current.IsWhiteSpace());

        return true;
    }

    // A dot ends a sentence before a space, not in "192.168.10.6", "Dr. Smith" or "Symphony No. 9".
    private readonly bool IsEnd()
    {
        char mark = _text[_end];
        if (mark is '!' or '?' or ';' or '\n')
        {
            return true;
        }

        if (mark != '.' || (_end + 1 < _text.Length && !char.IsWhiteSpace(_text[_end + 1]) && _text[_end + 1] is not ('"' or '\'' or ')')))
        {
            return false;
        }

        ReadOnlySpan<char> before = _text[_start.._end];
        ReadOnlySpan<char> word = before[(before.LastIndexOfAny(' ', '\n', '\t') + 1)..];
        return !(word.Length == 1 && char.IsLetter(word[0])) && !s_abbreviations.Contains(word);
    }
}
