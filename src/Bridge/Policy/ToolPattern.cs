namespace Bridge.Policy;

/// <summary>A tool id or a glob over ids: <c>*</c> stands for any run of characters, slashes included, and <c>?</c> for exactly one.</summary>
/// <param name="Text">The pattern as it was written.</param>
internal readonly record struct ToolPattern(string Text)
{
    /// <summary>Whether the pattern is a plain id.</summary>
    public bool IsExact => Text.AsSpan().IndexOfAny('*', '?') < 0;

    /// <summary>How many characters are spelled out: of two globs, the one that says more is the more specific.</summary>
    public int Literals => Text.Count(character => character is not ('*' or '?'));

    /// <summary>Whether any id can match: every id holds a slash.</summary>
    public bool CanMatch => !IsExact || Text.Contains('/', StringComparison.Ordinal);

    /// <summary>Whether it can fit tools of a source.</summary>
    /// <param name="source">The source's id.</param>
    /// <returns><see langword="false"/> when it fits none, whatever their names.</returns>
    public bool MayMatch(string source)
    {
        int wild = Text.AsSpan().IndexOfAny('*', '?');
        string literal = wild < 0 ? Text : Text[..wild];
        return literal.StartsWith(source + "/", StringComparison.Ordinal)
            || (wild >= 0 && (source + "/").StartsWith(literal, StringComparison.Ordinal));
    }

    /// <summary>Whether the pattern fits an id, case and all.</summary>
    /// <param name="id">The id.</param>
    /// <returns>Whether it does. Linear in practice: only the last star is ever retried.</returns>
    public bool Matches(ReadOnlySpan<char> id)
    {
        ReadOnlySpan<char> pattern = Text;
        int at = 0, position = 0, star = -1, retry = 0;
        while (position < id.Length)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                retry = position;
            }
            else if (at < pattern.Length && (pattern[at] == '?' || pattern[at] == id[position]))
            {
                at++;
                position++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                position = ++retry;
            }
            else
            {
                return false;
            }
        }

        return pattern[at..].IndexOfAnyExcept('*') < 0;
    }
}
