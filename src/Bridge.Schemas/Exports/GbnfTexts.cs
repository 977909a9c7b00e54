using Bridge.Schemas.Automata;
using Bridge.Schemas.Decoding;
using Bridge.Schemas.Shapes;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>Writes strings and numbers.</summary>
internal sealed class GbnfTexts(GbnfRules rules, ExportLosses losses, DecodingOptions options)
{
    private readonly GbnfStates _states = new(rules);
    private readonly Dictionary<ByteMachine, CodePointDfa> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(CodePointDfa Characters, int Min, int? Max), CodePointDfa?> _lengths = [];

    /// <summary>The symbols of a string, its quotes included.</summary>
    public string Of(Goal goal, TextShape text, string name) => GbnfSpelling.Sequence("\"\\\"\"", Content(goal, text, name), "\"\\\"\"");

    /// <summary>The symbols of a number.</summary>
    public string Of(NumberShape number, string name)
    {
        if (!_numbers.TryGetValue(number.Machine, out CodePointDfa? characters))
        {
            _numbers[number.Machine] = characters = ReadAscii(number.Machine);
        }

        return _states.Of(characters, $"{name}-number");
    }

    /// <summary>The symbols of what stands between the quotes of a string.</summary>
    public string Of(CodePointDfa characters, string name) => _states.Of(characters, name);

    private string Content(Goal goal, TextShape text, string name)
    {
        CodePointDfa characters = text.Machine.Characters;
        (int min, int? max) = (text.Rule.Min, text.Rule.Max);
        if (CharacterRun.From(characters, 0) is { Ranges.Length: > 0 } run)
        {
            return Run(goal, run, text.Rule, ReferenceEquals(characters, CodePointDfa.All));
        }

        if (Within(characters, min, max) is { } both)
        {
            return _states.Of(both, $"{name}-text");
        }

        losses.LoseSize(goal, max is null ? "minLength" : "maxLength", "The length is too great to be built into the rules of the pattern.");
        if (max is null || min == 0)
        {
            return _states.Of(characters, $"{name}-text");
        }

        CodePointDfa? atLeast = Within(characters, min, null);
        if (atLeast is null)
        {
            losses.LoseSize(goal, "minLength", "The length is too great to be built into the rules of the pattern.");
        }

        return _states.Of(atLeast ?? characters, $"{name}-text");
    }

    /// <summary>One set of characters, repeated as often as pattern, schema and options together say.</summary>
    private string Run(Goal goal, CharacterRun run, TextRule rule, bool isFree)
    {
        int least = Math.Max(run.Least, rule.Min);
        int cap = Math.Max(isFree ? options.MaxTextLength : options.MaxPatternedTextLength, least);
        int? most = Lower(Lower(run.Most, rule.Max), cap);
        if (most > GbnfSpelling.MaxRepeats)
        {
            if (rule.Max is not null || run.Most is not null)
            {
                losses.Lose(
                    goal, carried => rule.Max is not null ? carried is SizeKeyword { Name: "maxLength" } : carried is PatternKeyword,
                    rule.Max is not null ? "maxLength" : "pattern",
                    $"llama.cpp repeats at most {GbnfSpelling.MaxRepeats} times; beyond, nothing is counted.");
            }
            else
            {
                losses.Unbounded.Add(new SchemaLoss(goal.Pointer, "maxLength", $"The string may be longer than the {cap} characters that decoding allows."));
            }

            most = null;
        }

        if (least > GbnfSpelling.MaxRepeats)
        {
            losses.LoseSize(goal, "minLength", $"llama.cpp repeats at most {GbnfSpelling.MaxRepeats} times.");
            least = GbnfSpelling.MaxRepeats;
        }

        return GbnfSpelling.Repeat(_states.Character(run.Ranges), least, most);
    }

    private CodePointDfa? Within(CodePointDfa characters, int min, int? max)
    {
        if (!_lengths.TryGetValue((characters, min, max), out CodePointDfa? within))
        {
            _lengths[(characters, min, max)] = within = TextLengths.Within(characters, min, max);
        }

        return within;
    }

    private static int? Lower(int? left, int? right) => left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);

    /// <summary>An automaton over ASCII, whose bytes are its characters.</summary>
    private static CodePointDfa ReadAscii(ByteMachine machine)
    {
        var edges = new List<CodePointEdge[]>();
        var accepts = new List<bool>();
        for (int state = 0; state < machine.Count; state++)
        {
            var next = new List<CodePointEdge>();
            for (byte value = 0; value < 0x80; value++)
            {
                (int target, int count) = (state, 0);
                if (machine.TryStep(value, ref target, ref count))
                {
                    next.Add(new CodePointEdge(value, value, target));
                }
            }

            edges.Add([.. next]);
            accepts.Add(machine.Accepts(state, 0));
        }

        return new CodePointDfa(edges, accepts);
    }
}
