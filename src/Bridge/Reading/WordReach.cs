using System.Collections.Immutable;

namespace Bridge.Reading;

/// <summary>The words around a part of the text that may say what it is, and how much each counts.</summary>
/// <param name="Before">Those before it, the nearest first.</param>
/// <param name="After">Those behind it, the nearest first.</param>
internal sealed record WordReach(ImmutableArray<ReachedWord> Before, ImmutableArray<ReachedWord> After)
{
    private const int WordsBefore = 7;
    private const int WordsAfter = 4;
    private const double Decay = 0.3;

    // Each value stands beside its own name: a name beyond another value of the kind is probably that one's.
    private const double OtherValueFactor = 0.35;

    /// <summary>Finds the words around a candidate.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="candidate">The candidate.</param>
    public static WordReach Of(RequestReading reading, Candidate candidate) => new(
        Walk(reading, candidate, reading.Text.WordFrom(candidate.Start) - 1, -1, WordsBefore),
        Walk(reading, candidate, reading.Text.WordFrom(candidate.End), 1, WordsAfter));

    private static ImmutableArray<ReachedWord> Walk(RequestReading reading, Candidate candidate, int place, int step, int budget)
    {
        RequestText text = reading.Text;
        var words = ImmutableArray.CreateBuilder<ReachedWord>();
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
            words.Add(new ReachedWord(word.Stem, factor, 1 + (Decay * distance)));
            edge = step < 0 ? word.Start : word.End;
            distance += word.IsContent ? 1 : 0.34;
        }

        return words.ToImmutable();
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

/// <summary>A word around a part of the text.</summary>
/// <param name="Stem">Its stem.</param>
/// <param name="Factor">How much it counts by what stands in between, 0 to 1.</param>
/// <param name="Distance">By how much what it counts is divided for its distance, 1 or more.</param>
internal readonly record struct ReachedWord(string Stem, double Factor, double Distance);
