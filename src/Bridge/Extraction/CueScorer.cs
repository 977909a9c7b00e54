using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Measures how close to a part of the text stand the words that name a slot.</summary>
internal static class CueScorer
{
    private const double BehindFactor = 0.8;

    /// <summary>Scores a part of the text.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="candidate">The part.</param>
    /// <returns>0 when nothing speaks for it, 1 when its name stands beside it.</returns>
    public static double Score(RequestReading reading, Slot slot, Candidate candidate)
    {
        WordReach reach = reading.Around(candidate);
        double before = Sum(slot, reach.Before);
        double after = Sum(slot, reach.After) * BehindFactor;
        return Math.Min(1, Math.Max(before, after) + (0.25 * Math.Min(before, after)));
    }

    private static double Sum(Slot slot, ImmutableArray<ReachedWord> words)
    {
        double sum = 0;
        foreach (ReachedWord word in words)
        {
            if (slot.Cues.TryGetValue(word.Stem, out double weight))
            {
                sum += weight * word.Factor / word.Distance;
            }
        }

        return Math.Min(1, sum);
    }
}
