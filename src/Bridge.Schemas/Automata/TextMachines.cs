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
        new(characters, JsonTextGraph.Of(characters).Build(min, max));
}

/// <summary>One automaton over characters, without lengths, and the same over bytes, with them.</summary>
internal sealed record TextMachine(CodePointDfa Characters, ByteMachine Bytes);
