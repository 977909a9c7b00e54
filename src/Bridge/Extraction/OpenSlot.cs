using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>A slot before a text: its options, and what the model gives for what they are. Where they stand is weighed for each part of the text.</summary>
internal sealed class OpenSlot
{
    private readonly ToolCard _card;
    private readonly Slot _slot;
    private readonly IFeatureModel _model;
    private readonly List<Option> _options;
    private readonly double[] _scores;

    /// <summary>Collects and weighs the options of a slot.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="facts">What features say of it.</param>
    /// <param name="card">The tool.</param>
    /// <param name="words">What the words of the text are to the tool.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="model">Weighs options.</param>
    /// <param name="list">Room for features.</param>
    public OpenSlot(RequestReading reading, TextFacts facts, ToolCard card, CardWords words, Slot slot, IFeatureModel model, FeatureList<OptionSign> list)
    {
        (_card, _slot, _model) = (card, slot, model);
        _options = SlotOptions.Of(reading, card, slot);
        _scores = new double[_options.Count + 1];
        var weigher = new OptionWeigher(new OptionFeatures(facts, card, words, slot), facts.Count, model, list);
        for (int i = 0; i < _options.Count; i++)
        {
            _scores[i] = weigher.Weigh(_options[i]);
        }

        _scores[^1] = weigher.WeighOmission(_options);
    }

    /// <summary>Fills the slot.</summary>
    /// <param name="part">The part of the text that is about the call; <see langword="null"/> for the whole text.</param>
    /// <param name="list">Room for features.</param>
    public SlotFill Fill(TextPart? part, FeatureList<OptionSign> list)
    {
        var order = new OrderFeatures(_card, _slot, _options, part);
        double[] scores = [.. _scores];
        for (int i = 0; i < _options.Count; i++)
        {
            list.Clear();
            order.Add(_options[i], list);
            scores[i] += _model.Score(list.Span);
        }

        return SlotFill.Of(_slot, _options, scores);
    }
}
