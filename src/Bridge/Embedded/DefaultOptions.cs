using System.Text.Json.Nodes;

namespace Bridge.Embedded;

/// <summary>Fills a required slot with its declared default, where the text says nothing.</summary>
internal sealed class DefaultOptions : IOptionSource
{
    /// <summary>The score of a default: anything the text says beats it.</summary>
    public const double Score = 0.2;

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot is { Required: true, Parameter.Default: { } value } && JsonNode.Parse(value.GetRawText()) is { } node)
        {
            options.Add(new Option(slot, node, Score, 0, 0) { Shares = true });
        }
    }
}
