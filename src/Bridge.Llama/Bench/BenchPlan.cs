namespace Bridge.Llama.Bench;

/// <summary>What is measured.</summary>
/// <param name="References">The calls to draw from.</param>
public sealed record BenchPlan(IReadOnlyList<ReferenceCall> References)
{
    /// <summary>How many calls are written in every way.</summary>
    /// <value>The default is 16.</value>
    public int Calls { get; init; } = 16;

    /// <summary>How many tools stand in a prompt.</summary>
    /// <value>The default is 8.</value>
    public int Tools { get; init; } = 8;

    /// <summary>How many prompts run at once where many do.</summary>
    /// <value>The default is 16.</value>
    public int AtOnce { get; init; } = 16;

    /// <summary>The same seed draws the same calls.</summary>
    /// <value>The default is 7.</value>
    public int Seed { get; init; } = 7;
}
