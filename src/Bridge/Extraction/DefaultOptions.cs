using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills a required slot with its declared default, where the text says nothing.</summary>
internal sealed partial class DefaultOptions : IOptionSource
{
    /// <summary>The score of a default: anything the text says beats it.</summary>
    public const double Score = 0.2;

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Required && Declared(slot.Parameter) is { } value && JsonNode.Parse(value.GetRawText()) is { } node)
        {
            options.Add(new Option(slot, node, Score, 0, 0) { Shares = true });
        }
    }

    // Many servers declare the default of a flag in prose alone.
    private static JsonElement? Declared(ToolParameter parameter)
    {
        Match prose = parameter.Default is null && parameter.Type == ParameterType.Boolean ? Prose().Match(parameter.Description) : Match.Empty;
        return prose.Success ? JsonElement.Parse(prose.Groups[1].Value.ToLowerInvariant()) : parameter.Default;
    }

    [GeneratedRegex(@"\bdefaults?(?:\s+value)?\s*(?:is|to|:|=)?\s*'?(true|false)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Prose();
}
