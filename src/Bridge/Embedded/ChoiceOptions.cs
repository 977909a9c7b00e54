using System.Collections.Immutable;
using Bridge.Schemas.Signatures;

namespace Bridge.Embedded;

/// <summary>Fills values that schema or description offer, where the text says them.</summary>
internal sealed class ChoiceOptions : IOptionSource
{
    private const double Closed = 0.8;
    private const double Open = 0.62;
    private const double PartOfName = 0.25;
    private const double LeadBonus = 0.2;

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type is ParameterType.Array or ParameterType.Boolean or ParameterType.Object)
        {
            return;
        }

        foreach ((Choice choice, Candidate match) in Find(reading, slot))
        {
            options.Add(new Option(slot, choice.Value.DeepClone(), Score(reading, card, slot, match), match.Start, match.End) { IsKeyword = true });
        }
    }

    /// <summary>Finds the choices of a slot that the text says.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="slot">The slot.</param>
    /// <returns>Each choice with the part of the text that says it.</returns>
    public static IEnumerable<(Choice Choice, Candidate Match)> Find(RequestReading reading, Slot slot)
    {
        foreach (Choice choice in slot.Choices)
        {
            foreach (ImmutableArray<string> spelling in choice.Spellings)
            {
                int place = FindWords(reading.Text, spelling);
                if (place >= 0 && !IsInBlock(reading, reading.Text.Words[place].Start))
                {
                    int start = reading.Text.Words[place].Start;
                    int end = reading.Text.Words[place + spelling.Length - 1].End;
                    yield return (choice, new Candidate(CandidateKind.Phrase, start, end, reading.Text.Text[start..end]));
                    break;
                }
            }
        }
    }

    private static double Score(RequestReading reading, ToolCard card, Slot slot, Candidate match)
    {
        double score = (slot.IsClosed ? Closed : Open) + (0.3 * CueScorer.Score(reading, slot, match)) + (0.01 * (match.End - match.Start));
        int word = reading.Text.WordFrom(match.Start);
        bool negated = word > 0 && Grammar.IsNegation(reading.Text.Words[word - 1].Stem);
        bool explained = card.NameStems.ContainsKey(reading.Text.Words[word].Stem);
        string lead = Leads.Of(reading.Text, match.Start);
        score += slot.Leads.Count > 0 && lead.Length > 0 ? (slot.Leads.Contains(lead) ? LeadBonus : lead is "from" or "to" ? -LeadBonus : 0) : 0;
        return score - (explained ? PartOfName : 0) - (negated ? 1 : 0);
    }

    private static int FindWords(RequestText text, ImmutableArray<string> stems)
    {
        for (int i = 0; i + stems.Length <= text.Words.Length; i++)
        {
            int matched = 0;
            while (matched < stems.Length && text.Words[i + matched].Stem == stems[matched])
            {
                matched++;
            }

            // A one-letter choice, such as the unit 'a', must not be the article.
            if (matched == stems.Length && (stems.Length > 1 || stems[0].Length > 1 || char.IsUpper(text.Text[text.Words[i].Start])))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsInBlock(RequestReading reading, int position) =>
        reading.Candidates.Any(candidate => candidate.Kind == CandidateKind.Block && candidate.Overlaps(position, position + 1));
}
