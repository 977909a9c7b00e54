using System.Collections.Immutable;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Training.Fitting;
using Bridge.Weights;

namespace Bridge.Training.Examples;

/// <summary>A tool before a text, with the features of everything its slots could take: models come and go, these stay.</summary>
/// <param name="Card">The tool.</param>
/// <param name="Part">The part of the text that is about the call; <see langword="null"/> for the whole text.</param>
/// <param name="Slots">The slots, in schema order.</param>
internal sealed record PreparedTool(ToolCard Card, TextPart? Part, ImmutableArray<PreparedSlot> Slots)
{
    /// <summary>Prepares.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="facts">What features say of it.</param>
    /// <param name="card">The tool.</param>
    /// <param name="part">The part of the text that is about the call.</param>
    public static PreparedTool Of(RequestReading reading, TextFacts facts, ToolCard card, TextPart? part)
    {
        var list = new FeatureList<OptionSign>();
        var words = new CardWords(reading.Text.Words, card);
        return new PreparedTool(card, part, [.. card.Slots.Select(slot => PreparedSlot.Of(reading, new OptionFeatures(facts, card, words, slot), card, slot, part, list))]);
    }

    /// <summary>Fills the slots as a model would.</summary>
    /// <param name="model">The model.</param>
    public FilledTool Fill(IFeatureModel model) =>
        Extractor.Choose(Card, Part, [.. Slots.Select(slot => SlotFill.Of(slot.Slot, slot.Options, [.. slot.Features.Select(features => model.Score(features))]))]);
}

/// <summary>A slot with the features of its options.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Options">The options.</param>
/// <param name="Features">The features of each, and of leaving the slot out, which stand last.</param>
internal sealed record PreparedSlot(Slot Slot, List<Option> Options, uint[][] Features)
{
    /// <summary>Prepares.</summary>
    public static PreparedSlot Of(RequestReading reading, OptionFeatures features, ToolCard card, Slot slot, TextPart? part, FeatureList<OptionSign> list)
    {
        List<Option> options = SlotOptions.Of(reading, card, slot);
        var order = new OrderFeatures(card, slot, options, part);
        uint[][] lists = new uint[options.Count + 1][];
        for (int i = 0; i < options.Count; i++)
        {
            list.Clear();
            order.Add(options[i], list);
            features.Add(options[i], list);
            lists[i] = list.Span.ToArray();
        }

        list.Clear();
        features.AddOmission(options, list);
        lists[^1] = list.Span.ToArray();
        return new PreparedSlot(slot, options, lists);
    }

    /// <summary>The question that a right call teaches.</summary>
    /// <param name="label">Says what is right.</param>
    public Question Teach(CallLabel label) =>
        new(Features, [.. Options.Select(option => label.IsRight(Slot, option)), label.MayOmit(Slot)]);
}
