namespace Bridge.Schemas.Automata;

/// <summary>How big an automaton may grow; real schemas stay far below.</summary>
internal static class AutomatonBudget
{
    /// <summary>The greatest number of states of a pattern before it is made deterministic.</summary>
    public const int MaxPatternStates = 20_000;

    /// <summary>The greatest number of states over code points.</summary>
    public const int MaxStates = 4_000;

    /// <summary>The greatest number of edges over code points.</summary>
    public const int MaxEdges = 200_000;

    /// <summary>The greatest number of lengths kept for the shortest ends: states times counts.</summary>
    public const int MaxLengths = 2_000_000;

    /// <summary>The greatest divisor of <c>multipleOf</c> that is followed digit by digit.</summary>
    public const int MaxDivisor = 100;
}
