namespace Bridge.Schemas.Patterns;

/// <summary>Parses a character class, the <c>[</c> being read.</summary>
internal sealed class ClassParser(PatternCursor parser)
{
    private readonly List<(int First, int Last)> _ranges = [];

    public CodePointSet Parse()
    {
        bool negated = parser.TryTake('^');
        while (!parser.TryTake(']'))
        {
            ParseItem();
        }

        var set = CodePointSet.Of(_ranges);
        return negated ? set.Complement() : set;
    }

    private void ParseItem()
    {
        int? first = TakeMember();
        if (!parser.LooksAt("-") || parser.LooksAt("-]"))
        {
            Add(first, first);
            return;
        }

        parser.TryTake('-');
        int? last = TakeMember();
        if (first is null || last is null)
        {
            // A set beside a dash is no range: the dash is a member like any other.
            Add(first, first);
            Add(last, last);
            Add('-', '-');
        }
        else if (last < first)
        {
            throw parser.Error("a range of a character class runs backwards");
        }
        else
        {
            Add(first, last);
        }
    }

    /// <summary>Takes a code point; null when it was a set, whose ranges are then added.</summary>
    private int? TakeMember()
    {
        if (!parser.TryTake('\\'))
        {
            return parser.TakeCodePoint();
        }

        if (parser.TryTake('b'))
        {
            return '\b';
        }

        if (parser.TakeEscapedSet() is not { } set)
        {
            return parser.TakeEscapedCodePoint();
        }

        _ranges.AddRange(set.Ranges);
        return null;
    }

    private void Add(int? first, int? last)
    {
        if (first is { } from && last is { } to)
        {
            _ranges.Add((from, to));
        }
    }
}
