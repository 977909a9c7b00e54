using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>The options of a slot and what the model gives for each.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Options">The options, in the order in which arguments are meant.</param>
/// <param name="LogShares">The logarithm of the probability of each option, and of leaving the slot out, which stands last.</param>
internal sealed record SlotFill(Slot Slot, IReadOnlyList<Option> Options, double[] LogShares)
{
    /// <summary>Makes a fill of scores: a required slot is not left out where there is anything.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="options">The options.</param>
    /// <param name="scores">Their scores, that of leaving out last; overwritten.</param>
    public static SlotFill Of(Slot slot, IReadOnlyList<Option> options, double[] scores)
    {
        if (slot.Required && options.Count > 0)
        {
            scores[^1] = double.NegativeInfinity;
        }

        double highest = scores.Max();
        double sum = scores.Sum(score => Math.Exp(score - highest));
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] -= highest + Math.Log(sum);
        }

        return new SlotFill(slot, options, scores);
    }
}
