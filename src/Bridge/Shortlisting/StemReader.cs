namespace Bridge.Shortlisting;

/// <summary>Reads the stems of a name or a text, one after the other, without allocating: camelCase, snake_case and digits are split.</summary>
internal ref struct StemReader
{
    /// <summary>The longest word that is told apart, in characters; what lies behind is ignored.</summary>
    public const int MaxWord = 48;

    private readonly ReadOnlySpan<char> _text;
    private readonly Span<char> _buffer;
    private int _position;
    private int _length;

    /// <summary>Starts reading.</summary>
    /// <param name="text">The text.</param>
    /// <param name="buffer">Room for <see cref="MaxWord"/> characters, overwritten with every stem.</param>
    public StemReader(ReadOnlySpan<char> text, Span<char> buffer)
    {
        _text = text;
        _buffer = buffer;
    }

    /// <summary>The stem, valid until the next one is read.</summary>
    public readonly ReadOnlySpan<char> Current => _buffer[.._length];

    /// <summary>Where the word begins in the text.</summary>
    public int Start { get; private set; }

    /// <summary>Where the word ends in the text.</summary>
    public readonly int End => _position;

    /// <summary>Reads the next word, stop words included.</summary>
    /// <returns>Whether there was one.</returns>
    public bool MoveNext()
    {
        while (_position < _text.Length && !IsWord(_text[_position]))
        {
            _position++;
        }

        Start = _position;
        if (_position == _text.Length)
        {
            return false;
        }

        do
        {
            _position++;
        }
        while (_position < _text.Length && !IsBoundary());

        int taken = Math.Min(_position - Start, MaxWord);
        _text.Slice(Start, taken).ToLowerInvariant(_buffer);
        _length = Stemmer.Stem(_buffer[..taken]);
        return true;
    }

    private readonly bool IsBoundary()
    {
        char before = _text[_position - 1];
        char here = _text[_position];
        if (!IsWord(here) || char.IsAsciiDigit(before) != char.IsAsciiDigit(here))
        {
            return true;
        }

        if (!char.IsUpper(here))
        {
            return false;
        }

        // "camelCase" splits before its hump; "HTTPServer" before the last capital of the run.
        return !char.IsUpper(before) || (_position + 1 < _text.Length && char.IsLower(_text[_position + 1]));
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character);
}
