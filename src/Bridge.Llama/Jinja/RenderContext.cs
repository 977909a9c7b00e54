namespace Bridge.Llama.Jinja;

/// <summary>One rendering: its budget, its time, and where it is.</summary>
internal sealed class RenderContext(RenderBudget budget, DateTimeOffset now)
{
    public RenderBudget Budget => budget;

    /// <summary>The time that <c>strftime_now</c> tells.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The place in the template of what was worked out last, for errors.</summary>
    public int Position { get; set; }
}
