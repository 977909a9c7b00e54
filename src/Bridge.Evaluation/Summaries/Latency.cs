namespace Bridge.Evaluation.Summaries;

/// <summary>How long answers took, in milliseconds, all attempts of one together.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="P50">Half took no longer.</param>
/// <param name="P95">95 of 100 took no longer.</param>
/// <param name="P99">99 of 100 took no longer.</param>
public sealed record Latency(double Mean, double P50, double P95, double P99)
{
    /// <summary>Sums times up.</summary>
    /// <param name="milliseconds">The times.</param>
    /// <returns>The latency; <see langword="null"/> without times.</returns>
    public static Latency? Of(IEnumerable<double> milliseconds)
    {
        double[] sorted = [.. milliseconds.Order()];
        return sorted.Length == 0 ? null : new Latency(sorted.Average(), At(0.5), At(0.95), At(0.99));

        // The nearest rank: a time that was measured, not one between two.
        double At(double share) => sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
