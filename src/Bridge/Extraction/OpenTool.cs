using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>A tool before a text, with everything its slots could take.</summary>
/// <param name="card">The tool.</param>
/// <param name="slots">Its slots, in order.</param>
internal sealed class OpenTool(ToolCard card, ImmutableArray<OpenSlot> slots)
{
    /// <summary>Fills the slots.</summary>
    /// <param name="part">The part of the text that is about the call; <see langword="null"/> for the whole text.</param>
    public FilledTool Fill(TextPart? part)
    {
        var list = new FeatureList<OptionSign>();
        return Extractor.Choose(card, part, [.. slots.Select(slot => slot.Fill(part, list))]);
    }
}
