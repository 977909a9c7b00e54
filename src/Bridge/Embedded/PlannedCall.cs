using System.Text.Json.Nodes;

namespace Bridge.Embedded;

/// <summary>A call that was worked out for a tool.</summary>
/// <param name="Card">The tool.</param>
/// <param name="Assignment">Its arguments.</param>
/// <param name="Confidence">The probability that it is meant, 0 to 1.</param>
/// <param name="Arguments">The arguments as JSON; <see langword="null"/> when a required one is missing or the schema refuses them.</param>
internal sealed record PlannedCall(ToolCard Card, Assignment Assignment, double Confidence, ReadOnlyMemory<byte>? Arguments)
{
    /// <summary>What speaks for it.</summary>
    public required ToolEvidence Evidence { get; init; }

    /// <summary>Whether this call says required values that an earlier call of the same tool does not.</summary>
    /// <param name="earlier">The earlier call.</param>
    public bool SaysAnew(PlannedCall earlier) => Assignment.Chosen.Any(option => option.Slot.Required && option.IsEvident
        && !earlier.Assignment.Chosen.Any(other => other.Slot.Place == option.Slot.Place && JsonNode.DeepEquals(other.Value, option.Value)));

    /// <summary>Whether it can be called.</summary>
    public bool IsCallable => Arguments is not null;

    /// <summary>What is missing, in a sentence; empty when nothing is.</summary>
    public string Obstacle => Assignment.IsComplete
        ? $"'{Card.Tool.Id.Name}' would refuse the values found for its parameters."
        : $"'{Card.Tool.Id.Name}' needs {Names()}, and the text does not say.";

    private string Names() => string.Join(" and ", Assignment.Missing.Select(slot => $"'{slot.DisplayName}'"));
}
