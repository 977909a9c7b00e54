using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;
using Bridge.Weights;

namespace Bridge.Extraction;

/// <summary>Fills the slots of a tool from a text: every slot's options are weighed by the model, the surest take their words first.</summary>
/// <param name="model">Weighs options.</param>
internal sealed class Extractor(IFeatureModel model)
{
    // What is less probable than one in 8,000 is not looked at again.
    private const double Least = -9;

    /// <summary>Opens the slots of a tool.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="facts">What features say of it.</param>
    /// <param name="card">The tool.</param>
    public OpenTool Open(RequestReading reading, TextFacts facts, ToolCard card)
    {
        var list = new FeatureList<OptionSign>();
        var words = new CardWords(reading.Text.Words, card);
        return new OpenTool(card, [.. card.Slots.Select(slot => new OpenSlot(reading, facts, card, words, slot, model, list))]);
    }

    /// <summary>Chooses: the surest first, no words of the text twice.</summary>
    /// <param name="card">The tool.</param>
    /// <param name="part">The part of the text that is about the call.</param>
    /// <param name="fills">The slots, in order.</param>
    public static FilledTool Choose(ToolCard card, TextPart? part, ImmutableArray<SlotFill> fills)
    {
        var ranked = new List<(double LogShare, int Slot, int Option)>();
        for (int slot = 0; slot < fills.Length; slot++)
        {
            double[] shares = fills[slot].LogShares;
            for (int i = 0; i < shares.Length; i++)
            {
                if (shares[i] > Least || (fills[slot].Slot.Required && i < shares.Length - 1))
                {
                    ranked.Add((shares[i], slot, i));
                }
            }
        }

        ranked.Sort((one, other) => one.LogShare != other.LogShare ? other.LogShare.CompareTo(one.LogShare)
            : one.Slot != other.Slot ? one.Slot.CompareTo(other.Slot)
            : one.Option.CompareTo(other.Option));
        var chosen = new ChosenOption?[fills.Length];
        bool[] done = new bool[fills.Length];
        foreach ((double logShare, int slot, int at) in ranked)
        {
            if (done[slot])
            {
                continue;
            }

            if (at == fills[slot].Options.Count)
            {
                done[slot] = true;
                continue;
            }

            Option option = fills[slot].Options[at];
            if (Array.TrueForAll(chosen, other => other is null || !other.Option.Excludes(option)))
            {
                chosen[slot] = new ChosenOption(option, Math.Exp(logShare));
                done[slot] = true;
            }
        }

        return new FilledTool(card, part, fills, [.. chosen]);
    }
}
