using System.Collections.Immutable;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills values that schema or description offer, where the text says them.</summary>
internal sealed class ChoiceOptions : IOptionSource
{
    private const double Closed = 0.8;
    private const double Open = 0.62;
    private const double PartOfName = 0.25;
    private const double LeadBonus = 0.2;
    private const int MaxTimes = 6;

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

        if (slot.IsClosed)
        {
            AddAlike(reading, slot, options);
        }
    }

    // "Popular" may mean "Pop", "Comic" may mean "Comedy".
    private static void AddAlike(RequestReading reading, Slot slot, List<Option> options)
    {
        foreach (Choice choice in slot.Choices)
        {
            foreach (Word word in reading.Text.Words)
            {
                if (word.IsContent && choice.Spellings.Any(spelling => spelling.Any(stem => IsAlike(stem, word.Stem))))
                {
                    options.Add(new Option(slot, choice.Value.DeepClone(), 0.3, word.Start, word.End) { IsKeyword = true, Form = ValueForm.Alike });
                }
            }
        }
    }

    private static bool IsAlike(string stem, string word)
    {
        int shared = stem.AsSpan().CommonPrefixLength(word);
        return stem != word && ((shared >= 4) || (shared >= 3 && (shared == stem.Length || shared == word.Length))) || (Concepts.Of(stem) >= 0 && Concepts.Of(stem) == Concepts.Of(word)) || (stem == word && stem.Length > 2);
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
                int place = FindWords(reading.Text, spelling, 0);
                bool found = false;
                for (int times = 0; place >= 0 && times < MaxTimes; times++)
                {
                    int start = reading.Text.Words[place].Start;
                    int end = reading.Text.Words[place + spelling.Length - 1].End;
                    if (!IsInBlock(reading, start))
                    {
                        found = true;
                        yield return (choice, new Candidate(CandidateKind.Phrase, start, end, reading.Text.Text[start..end]));
                    }

                    place = FindWords(reading.Text, spelling, place + 1);
                }

                if (found)
                {
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

    private static int FindWords(RequestText text, ImmutableArray<string> stems, int from)
    {
        for (int i = from; i + stems.Length <= text.Words.Length; i++)
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
