using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Automata;

/// <summary>Automata for what stands between the quotes of a JSON string.</summary>
internal static class TextMachines
{
    /// <summary>Makes the automaton of texts that match every pattern.</summary>
    /// <param name="patterns">The patterns, each of which must match somewhere in the text.</param>
    /// <param name="min">The least number of characters.</param>
    /// <param name="max">The greatest number of characters.</param>
    /// <exception cref="NotRegularException">No automaton of bounded size can say this.</exception>
    public static TextMachine Of(IEnumerable<PatternNode> patterns, int min, int max)
    {
        CodePointDfa dfa = patterns.Aggregate(CodePointDfa.All, (all, pattern) => all.Intersect(PatternDfa.Of(pattern)));
        return new TextMachine(dfa, JsonTextGraph.Of(dfa).Build(min, max));
    }
}

/// <summary>One automaton over characters, without lengths, and the same over bytes, with them.</summary>
internal sealed record TextMachine(CodePointDfa Characters, ByteMachine Bytes);
