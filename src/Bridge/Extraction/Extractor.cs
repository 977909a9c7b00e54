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

    // An option of one in fifty is worth the thought.
    private const double LeastBest = -4;

    // An optional slot is left out when that is so probable: runs of words that are almost alike, and what other calls take, share the rest among them.
    private static readonly double s_omitted = Math.Log(0.8);
    private static readonly double s_omittedInPart = Math.Log(0.9);

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
            for (int i = 0; i < shares.Length - 1; i++)
            {
                if (shares[i] > Least || fills[slot].Slot.Required)
                {
                    ranked.Add((shares[i], slot, i));
                }
            }

            ranked.Add((OmissionOf(fills[slot], part is null ? s_omitted : s_omittedInPart), slot, shares.Length - 1));
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

    // When leaving the slot out takes its turn: by its probability where that is high enough, else right behind the best option.
    private static double OmissionOf(SlotFill fill, double enough)
    {
        double[] shares = fill.LogShares;
        double omitted = shares[^1];
        if (omitted >= enough)
        {
            return omitted;
        }

        double best = double.NegativeInfinity;
        for (int i = 0; i < shares.Length - 1; i++)
        {
            best = Math.Max(best, shares[i]);
        }

        return best > LeastBest ? Math.Min(omitted, best) : omitted;
    }
}
