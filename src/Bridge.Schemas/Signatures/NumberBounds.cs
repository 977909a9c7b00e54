namespace Bridge.Schemas.Signatures;

/// <summary>The bounds of a number.</summary>
/// <param name="Minimum">The lower bound; <see langword="null"/> when there is none.</param>
/// <param name="Maximum">The upper bound; <see langword="null"/> when there is none.</param>
/// <param name="MinimumExclusive">Whether the lower bound itself is not allowed.</param>
/// <param name="MaximumExclusive">Whether the upper bound itself is not allowed.</param>
/// <param name="MultipleOf">The number the value must be a multiple of; <see langword="null"/> when there is none.</param>
public sealed record NumberBounds(
    double? Minimum, double? Maximum, bool MinimumExclusive = false, bool MaximumExclusive = false, double? MultipleOf = null)
{
    /// <summary>No bounds.</summary>
    public static NumberBounds None { get; } = new(null, null);

    /// <summary>Whether a number lies within the bounds; the multiple is not looked at.</summary>
    /// <param name="value">The number.</param>
    public bool Contains(double value) =>
        (Minimum is not { } low || (MinimumExclusive ? value > low : value >= low))
        && (Maximum is not { } high || (MaximumExclusive ? value < high : value <= high));
}
