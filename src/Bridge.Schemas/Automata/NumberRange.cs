using Bridge.Schemas.Json;

namespace Bridge.Schemas.Automata;

/// <summary>The numbers between two bounds.</summary>
internal sealed record NumberRange
{
    /// <summary>The lower bound; <see langword="null"/> when there is none.</summary>
    public ExactNumber? Low { get; init; }

    /// <summary>Whether the lower bound itself is left out.</summary>
    public bool AboveLow { get; init; }

    /// <summary>The upper bound; <see langword="null"/> when there is none.</summary>
    public ExactNumber? High { get; init; }

    /// <summary>Whether the upper bound itself is left out.</summary>
    public bool BelowHigh { get; init; }

    /// <summary>The most digits after the point, 0 for whole numbers; <see langword="null"/> when there is no such rule.</summary>
    public int? Fraction { get; init; }

    /// <summary>What whole numbers must be a multiple of.</summary>
    public int Divisor { get; init; } = 1;

    /// <summary>The range with a further lower bound.</summary>
    public NumberRange From(ExactNumber bound, bool exclusive)
    {
        int order = Low is { } low ? bound.CompareTo(low) : 1;
        return order < 0 || (order == 0 && !exclusive) ? this : this with { Low = bound, AboveLow = exclusive };
    }

    /// <summary>The range with a further upper bound.</summary>
    public NumberRange To(ExactNumber bound, bool exclusive)
    {
        int order = High is { } high ? bound.CompareTo(high) : -1;
        return order > 0 || (order == 0 && !exclusive) ? this : this with { High = bound, BelowHigh = exclusive };
    }
}
