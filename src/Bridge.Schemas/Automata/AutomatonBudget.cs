namespace Bridge.Schemas.Automata;

/// <summary>What automata may cost. Real schemas stay far below; what a hostile one asks for beyond is left to the check after decoding.</summary>
/// <remarks>One is made per schema and counts down; it is not safe to share between threads.</remarks>
internal sealed class AutomatonBudget
{
    /// <summary>The greatest number of states of a pattern before it is made deterministic.</summary>
    public const int MaxPatternStates = 5_000;

    /// <summary>The greatest number of states over code points.</summary>
    public const int MaxStates = 2_000;

    /// <summary>The greatest number of edges over code points.</summary>
    public const int MaxEdges = 100_000;

    /// <summary>The greatest number of states over bytes.</summary>
    public const int MaxByteStates = 10_000;

    /// <summary>The greatest number of lengths kept for the shortest ends: states times counts.</summary>
    public const int MaxLengths = 400_000;

    /// <summary>The most rounds of merging states; an automaton that needs more stays bigger than it could be.</summary>
    public const int MaxMergingRounds = 300;

    /// <summary>The greatest divisor of <c>multipleOf</c> that is followed digit by digit.</summary>
    public const int MaxDivisor = 100;

    private long _work = 20_000_000;
    private long _states = 100_000;

    /// <summary>Takes steps of making an automaton out of the budget.</summary>
    /// <exception cref="NotRegularException">The schema has used up its budget.</exception>
    public void SpendWork(long steps) => Spend(ref _work, steps);

    /// <summary>Takes the states of an automaton that is kept out of the budget.</summary>
    /// <exception cref="NotRegularException">The schema has used up its budget.</exception>
    public void SpendStates(int states) => Spend(ref _states, states);

    private static void Spend(ref long budget, long amount)
    {
        if (budget < amount)
        {
            throw new NotRegularException("the schema's rules about text need too much work together");
        }

        budget -= amount;
    }
}
