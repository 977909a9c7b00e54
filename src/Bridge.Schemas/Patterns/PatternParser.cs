
namespace Bridge.Schemas.Patterns;

/// <summary>Parses a regular expression of ECMA-262 in Unicode mode, as lenient about needless escapes as web browsers are.</summary>
internal sealed class PatternParser : PatternCursor
{
    private const int MaxNesting = 50;
    private const int MaxRepeat = 100_000;

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(string? Name, int Number)> _references = [];
    private int _captures;
    private int _nesting;

    private PatternParser(string text)
        : base(text)
    {
    }

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
        while (!AtEnd && Text[At] is not ('|' or ')'))
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
        int start = At;
        if (!TryTake('{') || TakeInteger() is not { } min)
        {
            At = start;
            return null;
        }

        int? max = TryTake(',') ? TakeInteger() : min;
        if (!TryTake('}'))
        {
            At = start;
            return null;
        }

        if (max < min || min > MaxRepeat || max > MaxRepeat)
        {
            throw Error($"the counts of a quantifier must rise and stay below {MaxRepeat}");
        }

        return (min, max);
    }

    private PatternNode ParseAtom()
    {
        char next = Text[At];
        switch (next)
        {
            case '^':
                At++;
                return new AnchorNode(AnchorKind.Start);
            case '$':
                At++;
                return new AnchorNode(AnchorKind.End);
            case '(':
                At++;
                return ParseGroup();
            case '.':
                At++;
                return new SetNode(CodePointSet.NotLineEnd);
            case '[':
                At++;
                return new SetNode(new ClassParser(this).Parse());
            case '\\':
                At++;
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
        else if (!AtEnd && Text[At] == '?')
        {
            throw Error("this kind of group is not one of ECMA-262");
        }

        return new CaptureNode(ParseChoice(), number);
    }

    private string TakeName()
    {
        int end = Text.IndexOf('>', At);
        if (end <= At || !Text.AsSpan(At, end - At).ToString().All(unit => char.IsLetterOrDigit(unit) || unit is '_' or '$'))
        {
            throw Error("the name of a group must be letters, digits and underscores between '<' and '>'");
        }

        string name = Text[At..end];
        At = end + 1;
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

        if (!AtEnd && Text[At] is >= '1' and <= '9')
        {
            _references.Add((null, TakeInteger()!.Value));
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

    private static SetNode Single(int codePoint) => new(CodePointSet.Of((codePoint, codePoint)));
}
