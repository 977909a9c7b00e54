using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Automata;

/// <summary>A pattern as a graph of states: some take a code point, some lead on at once, perhaps only at a position.</summary>
internal sealed class PatternNfa
{
    private readonly List<PatternState> _states = [];

    private PatternNfa()
    {
        // Whatever follows the match, and whatever precedes it, is allowed: a pattern matches anywhere.
        End = Add(new PatternState());
        _states[End].Set = CodePointSet.All;
        _states[End].Target = End;
    }

    /// <summary>The state before anything is read.</summary>
    public int Start { get; private set; }

    /// <summary>The state after the match.</summary>
    public int End { get; }

    /// <summary>Whether a position of the pattern asks which characters stand around it.</summary>
    public bool AsksForWords { get; private set; }

    public PatternState this[int state] => _states[state];

    /// <summary>Makes the graph of a pattern.</summary>
    /// <exception cref="NotRegularException">The pattern looks around, refers back, or is too big.</exception>
    public static PatternNfa Of(PatternNode pattern)
    {
        var nfa = new PatternNfa();
        int match = nfa.Build(pattern, nfa.End);
        nfa.Start = nfa.Add(new PatternState());
        int skip = nfa.Add(new PatternState { Set = CodePointSet.All, Target = nfa.Start });
        nfa._states[nfa.Start].Steps = [new PatternStep(null, match), new PatternStep(null, skip)];
        return nfa;
    }

    private int Build(PatternNode node, int next)
    {
        switch (node)
        {
            case SetNode set:
                return Add(new PatternState { Set = set.Set, Target = next });
            case SequenceNode sequence:
                for (int i = sequence.Parts.Length - 1; i >= 0; i--)
                {
                    next = Build(sequence.Parts[i], next);
                }

                return next;
            case ChoiceNode choice:
                return Add(new PatternState { Steps = [.. choice.Options.Select(option => new PatternStep(null, Build(option, next)))] });
            case RepeatNode repeat:
                return BuildRepeat(repeat, next);
            case CaptureNode capture:
                return Build(capture.Body, next);
            case AnchorNode anchor:
                AsksForWords |= anchor.Kind is AnchorKind.WordBoundary or AnchorKind.NotWordBoundary;
                return Add(new PatternState { Steps = [new PatternStep(anchor.Kind, next)] });
            case LookNode look:
                throw new NotRegularException(look.Behind ? "it looks behind" : "it looks ahead");
            default:
                throw new NotRegularException("it refers back to a group");
        }
    }

    private int BuildRepeat(RepeatNode repeat, int next)
    {
        if (repeat.Max is not { } max)
        {
            int loop = Add(new PatternState());
            _states[loop].Steps = [new PatternStep(null, Build(repeat.Body, loop)), new PatternStep(null, next)];
            next = loop;
        }
        else
        {
            int after = next;
            for (int i = repeat.Min; i < max; i++)
            {
                next = Add(new PatternState { Steps = [new PatternStep(null, Build(repeat.Body, next)), new PatternStep(null, after)] });
            }
        }

        for (int i = 0; i < repeat.Min; i++)
        {
            next = Build(repeat.Body, next);
        }

        return next;
    }

    private int Add(PatternState state)
    {
        if (_states.Count >= AutomatonBudget.MaxPatternStates)
        {
            throw new NotRegularException("it needs too many states");
        }

        _states.Add(state);
        return _states.Count - 1;
    }
}
