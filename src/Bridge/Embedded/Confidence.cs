namespace Bridge.Embedded;

/// <summary>Turns evidence into the probability that the call is meant: a logistic curve.</summary>
internal static class Confidence
{
    /// <summary>What a call needs, unless a call is demanded.</summary>
    public const double Threshold = 0.5;

    /// <summary>The probability that a tool is meant.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>0 to 1.</returns>
    public static double Of(ToolEvidence evidence)
    {
        double sum = -4.0
            + (2.5 * evidence.Name)
            + (1.5 * evidence.Description)
            + (3.0 * evidence.Explained)
            + (1.0 * evidence.Subject)
            + (2.0 * evidence.Arguments)
            + (1.0 * evidence.Optional);
        return 1 / (1 + Math.Exp(-sum));
    }
}
