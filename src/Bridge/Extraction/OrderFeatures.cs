using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>What the model sees of where the options of one slot stand: among each other, and in the part of the text that is about the call.</summary>
/// <remarks>Trained and used by the same code: a change here asks for training again.</remarks>
internal sealed class OrderFeatures
{
    private readonly Slot _slot;
    private readonly TextPart? _part;
    private readonly int _place;
    private readonly int _alike;
    private readonly int _needed;
    private readonly int[] _counts = new int[SlotOptions.Sources];
    private readonly int[] _ranks = new int[SlotOptions.Sources];

    /// <summary>Prepares.</summary>
    /// <param name="card">The tool.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="options">Its options, in order.</param>
    /// <param name="part">The part of the text that is about the call; <see langword="null"/> for the whole text.</param>
    public OrderFeatures(ToolCard card, Slot slot, List<Option> options, TextPart? part)
    {
        (_slot, _part) = (slot, part);
        foreach (Slot peer in card.Slots)
        {
            if (peer.Type == slot.Type)
            {
                _place += peer.Place < slot.Place ? 1 : 0;
                _needed += peer.Required ? 1 : 0;
                _alike++;
            }
        }

        foreach (Option option in options)
        {
            _counts[option.Source] += IsInPart(option) ? 1 : 0;
        }
    }

    /// <summary>Adds the features of an option; the options of a slot in their order, each once.</summary>
    /// <param name="option">The option.</param>
    /// <param name="list">Receives them.</param>
    public void Add(Option option, FeatureList<OptionSign> list)
    {
        uint source = (uint)option.Source;
        uint type = (uint)_slot.Type;
        bool inPart = IsInPart(option);
        int rank = inPart ? _ranks[option.Source]++ : 9;
        int count = _counts[option.Source];
        if (_part is { } part && option.IsEvident)
        {
            uint where = inPart ? 1u : option.End > part.Start ? 4u : part.Start - option.End > 120 ? 2u : 3u;
            list.Add(OptionSign.Window, where, _slot.Required ? 1u : 0u);
            list.Add(OptionSign.WindowSource, where, type, source);
            list.Add(OptionSign.WindowRole, where, (uint)_slot.Role);
        }

        uint order = rank == _place ? 0u : rank > _place ? 1u : 2u;
        list.Add(OptionSign.Order, order, type, source, (uint)Math.Clamp(count - _alike + 3, 0, 6));
        list.Add(OptionSign.OrderCounts, order, type, source, count == _alike ? 1u : count == _needed ? 2u : 0u);
        list.Add(OptionSign.OrderPlaces, FeatureHash.Of((uint)Math.Min(rank, 4), (uint)Math.Min(_place, 4)), (uint)Math.Min(_alike, 4), source, type);
        list.Add(OptionSign.OnlyOne, count == 1 ? 1u : 2u, source, type, _alike == 1 ? 1u : 0u);
        list.Add(OptionSign.Rank, (uint)Math.Min(rank, 3), (uint)Math.Min(count, 4), type, source);
    }

    private bool IsInPart(Option option) => _part is not { } part || option.IsIn(part);
}
