using System.Globalization;
using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Exports;

/// <summary>Writes an automaton over characters as rules, one for each state where ways part.</summary>
/// <remarks>The rules are right-linear, so that llama.cpp needs no deeper stack however long the text is.</remarks>
internal sealed class GbnfStates(GbnfRules rules)
{
    private readonly GbnfCharacters _characters = new(rules);
    private readonly Dictionary<CodePointDfa, string> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The symbols of what an automaton accepts.</summary>
    public string Of(CodePointDfa dfa, string name)
    {
        if (CharacterRun.From(dfa, 0) is { } run && Fits(run))
        {
            return Write(run);
        }

        if (!_known.TryGetValue(dfa, out string? symbol))
        {
            _known[dfa] = symbol = new Writer(this, dfa, name).Write();
        }

        return symbol;
    }

    /// <summary>The symbol of one character of a set.</summary>
    public string Character(CodePointEdge[] ranges) => _characters.Of(ranges);

    private static bool Fits(CharacterRun run) => run.Least <= GbnfSpelling.MaxRepeats && !(run.Most > GbnfSpelling.MaxRepeats);

    private string Write(CharacterRun run) => GbnfSpelling.Repeat(run.Ranges.Length == 0 ? "" : Character(run.Ranges), run.Least, run.Most);

    /// <summary>Writes one automaton.</summary>
    private sealed class Writer
    {
        private readonly GbnfStates _states;
        private readonly CodePointDfa _dfa;
        private readonly string _name;
        private readonly (CodePointEdge[] Ranges, int Target)[][] _groups;
        private readonly int[] _sources;
        private readonly Dictionary<int, string> _names = [];
        private readonly Queue<int> _open = new();

        public Writer(GbnfStates states, CodePointDfa dfa, string name)
        {
            _states = states;
            _dfa = dfa;
            _name = name;
            _groups = new (CodePointEdge[], int)[dfa.Count][];
            _sources = new int[dfa.Count];
            for (int state = 0; state < dfa.Count; state++)
            {
                _groups[state] = [.. dfa.Edges(state).ToArray().GroupBy(edge => edge.Target).Select(group => (group.ToArray(), group.Key))];
                foreach ((_, int target) in _groups[state])
                {
                    _sources[target]++;
                }
            }
        }

        public string Write()
        {
            string start = NameOf(0);
            while (_open.TryDequeue(out int state))
            {
                IEnumerable<string> options = _groups[state].Select(group => Way(group.Ranges, group.Target));
                _states.Rules.Set(_names[state], GbnfSpelling.Choice(_dfa.Accepts(state) ? options.Append("") : options));
            }

            return start;
        }

        /// <summary>A character and what follows it, up to the next state that needs a rule.</summary>
        private string Way(CodePointEdge[] ranges, int state)
        {
            var symbols = new SymbolRow();
            symbols.Add(_states.Character(ranges));
            while (true)
            {
                if (CharacterRun.From(_dfa, state) is { } run && Fits(run))
                {
                    symbols.Add(_states.Write(run));
                    return symbols.ToText();
                }

                if (_sources[state] > 1 || state == 0 || _dfa.Accepts(state) || _groups[state].Length != 1)
                {
                    symbols.Add(NameOf(state));
                    return symbols.ToText();
                }

                symbols.Add(_states.Character(_groups[state][0].Ranges));
                state = _groups[state][0].Target;
            }
        }

        private string NameOf(int state)
        {
            if (!_names.TryGetValue(state, out string? name))
            {
                string wish = state == 0 ? _name : string.Create(CultureInfo.InvariantCulture, $"{_name}-{state}");
                _names[state] = name = _states.Rules.Reserve(wish);
                _open.Enqueue(state);
            }

            return name;
        }
    }

    private GbnfRules Rules => rules;
}
