namespace Bridge.Schemas.Automata;

/// <summary>Automata for what stands between the quotes of a JSON string.</summary>
internal static class TextMachines
{
    /// <summary>Makes the automaton of texts of some lengths.</summary>
    /// <param name="characters">The texts.</param>
    /// <param name="min">The least number of characters.</param>
    /// <param name="max">The greatest number of characters.</param>
    /// <exception cref="NotRegularException">No automaton of bounded size can say this.</exception>
    public static TextMachine Of(CodePointDfa characters, int min, int max) =>
        new(characters, TextGraph.Of(characters, JsonSpelling.Of).Build(min, max, rules: characters), min, max);
}

/// <summary>One automaton over characters, without lengths, and the same over the bytes of JSON, with them.</summary>
/// <param name="Characters">The texts.</param>
/// <param name="Bytes">The same as JSON.</param>
/// <param name="Min">The least number of characters.</param>
/// <param name="Max">The greatest number of characters.</param>
internal sealed record TextMachine(CodePointDfa Characters, ByteMachine Bytes, int Min, int Max);
