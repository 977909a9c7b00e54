namespace Bridge.TextCalls;

/// <summary>A position in a text of Python.</summary>
internal sealed class PythonCursor(string text)
{
    public int Position { get; private set; }

    public bool AtEnd
    {
        get
        {
            SkipSpace();
            return Position >= text.Length;
        }
    }

    public char Current => Position < text.Length ? text[Position] : '\0';

    public void SkipSpace()
    {
        while (Position < text.Length && char.IsWhiteSpace(text[Position]))
        {
            Position++;
        }
    }

    public bool Sees(char expected)
    {
        SkipSpace();
        return Current == expected;
    }

    public bool TryTake(char expected)
    {
        bool taken = Sees(expected);
        Position += taken ? 1 : 0;
        return taken;
    }

    /// <summary>Takes the next character as it is, whitespace included.</summary>
    public char TakeAny() => Position < text.Length ? text[Position++] : '\0';

    /// <summary>Takes a name: dots and hyphens belong to it, because they belong to names of tools.</summary>
    public string TakeName()
    {
        SkipSpace();
        return TakeWhile(character => char.IsLetterOrDigit(character) || character is '_' or '.' or '-');
    }

    public string TakeWhile(Func<char, bool> belongs)
    {
        int start = Position;
        while (Position < text.Length && belongs(text[Position]))
        {
            Position++;
        }

        return text[start..Position];
    }

    public string Since(int start) => text[start..Position];
}
