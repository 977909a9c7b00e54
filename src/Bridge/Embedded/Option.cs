using System.Text.Json.Nodes;

namespace Bridge.Embedded;

/// <summary>A value that a slot could take, and how much speaks for it.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Value">The value; it belongs to this option alone.</param>
/// <param name="Score">How much speaks for it, 0 to about 1.5.</param>
/// <param name="Start">Where in the text its evidence begins.</param>
/// <param name="End">Where it ends; the beginning when it stands on no words of its own.</param>
internal sealed record Option(Slot Slot, JsonNode Value, double Score, int Start, int End)
{
    /// <summary>Its place in the order in which arguments are meant.</summary>
    public int Order { get; init; } = Start;

    /// <summary>Whether other slots may use the same words: a keyword such as <c>celsius</c> can say two things.</summary>
    public bool Shares { get; init; }

    /// <summary>Whether its words ask for the tool as well as filling the slot: an enum value, a flag.</summary>
    public bool IsKeyword { get; init; }

    /// <summary>Whether it stands in the text, and is not a declared default.</summary>
    public bool IsEvident => End > Start;
}
