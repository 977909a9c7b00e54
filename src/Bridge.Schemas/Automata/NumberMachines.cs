namespace Bridge.Schemas.Automata;

/// <summary>Automata for JSON numbers within bounds, written without exponent.</summary>
internal static class NumberMachines
{
    /// <summary>Digits before the point beyond which nobody counts; more are allowed where a bound demands it.</summary>
    public const int MaxInteger = 18;

    /// <summary>Digits after the point that tell any two coordinates, prices or measures apart.</summary>
    public const int MaxFraction = 17;

    /// <summary>Makes the automaton.</summary>
    /// <param name="range">What is allowed.</param>
    public static ByteMachine Of(NumberRange range)
    {
        var graph = new ByteGraph();
        int start = graph.Add(accepts: false, counts: false);
        var positive = new DigitGraph(graph, range, negative: false);
        positive.Connect(start);
        int minus = graph.Add(accepts: false, counts: false);
        new DigitGraph(graph, range, negative: true).Connect(minus);
        graph.Connect(start, '-', '-', minus);
        return graph.Build(0, int.MaxValue);
    }
}
