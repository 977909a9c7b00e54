using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Measures how close to a part of the text stand the words that name a slot.</summary>
internal static class CueScorer
{
    private const int WordsBefore = 7;
    private const int WordsAfter = 4;
    private const double Decay = 0.3;
    private const double BehindFactor = 0.8;

    // Each value stands beside its own name: a name beyond another value of the kind is probably that one's.
    private const double OtherValueFactor = 0.35;

    /// <summary>Scores a part of the text.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="candidate">The part.</param>
    /// <returns>0 when nothing speaks for it, 1 when its name stands beside it.</returns>
    public static double Score(RequestReading reading, Slot slot, Candidate candidate)
    {
        int first = reading.Text.WordFrom(candidate.Start);
        int behind = reading.Text.WordFrom(candidate.End);
        double before = Walk(reading, slot, candidate, first - 1, -1, WordsBefore);
        double after = Walk(reading, slot, candidate, behind, 1, WordsAfter) * BehindFactor;
        return Math.Min(1, Math.Max(before, after) + (0.25 * Math.Min(before, after)));
    }

    private static double Walk(RequestReading reading, Slot slot, Candidate candidate, int place, int step, int budget)
    {
        RequestText text = reading.Text;
        double sum = 0;
        double factor = 1;
        int edge = step < 0 ? candidate.Start : candidate.End;
        for (double distance = 0; place >= 0 && place < text.Words.Length && distance < budget; place += step)
        {
            Word word = text.Words[place];
            (int from, int to) = step < 0 ? (word.End, edge) : (edge, word.Start);
            if (from < to && text.EndsSentence(from, to))
            {
                break;
            }

            factor *= from < to && HoldsComma(text, from, to) ? 0.6 : 1;
            factor *= IsOther(reading, candidate, word) ? OtherValueFactor : 1;
            if (slot.Cues.TryGetValue(word.Stem, out double weight))
            {
                sum += weight * factor / (1 + (Decay * distance));
            }

            edge = step < 0 ? word.Start : word.End;
            distance += word.IsContent ? 1 : 0.34;
        }

        return Math.Min(1, sum);
    }

    private static bool HoldsComma(RequestText text, int from, int to) => text.Text.AsSpan(from, to - from).IndexOfAny(',', ')', '(') >= 0;

    private static bool IsOther(RequestReading reading, Candidate candidate, Word word)
    {
        foreach (Candidate other in reading.Candidates)
        {
            if (other.Kind == candidate.Kind && candidate.Kind != CandidateKind.Phrase && other.Overlaps(word.Start, word.End)
                && !other.Overlaps(candidate.Start, candidate.End))
            {
                return true;
            }
        }

        return false;
    }
}
