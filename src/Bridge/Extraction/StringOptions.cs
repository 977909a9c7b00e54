using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills strings with quoted text, names, codes and phrases, by role, little words and names nearby.</summary>
internal sealed class StringOptions : IOptionSource
{
    private const double LeadBonus = 0.3;
    private const double PlaceLead = 0.2;
    private const double ObjectLead = 0.08;
    private const double ExplainedLoss = 0.28;
    private const double OptionalLoss = 0.14;
    private const double UnitLoss = 0.3;
    private const double QualifierBonus = 0.1; // "classical" of "classical concert"

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.String || slot.IsClosed)
        {
            return;
        }

        foreach (Candidate candidate in reading.Candidates)
        {
            if (Score(reading, card, slot, candidate) is { Score: > 0 } scored)
            {
                Candidate part = scored.Part;
                options.Add(new Option(slot, part.Text, scored.Score, part.Start, part.End) { Kind = candidate.Kind });
            }
        }

        if (slot.Role == SlotRole.Unit)
        {
            AddUnits(reading, slot, options);
        }
    }

    /// <summary>Scores a candidate for a slot.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="card">The tool.</param>
    /// <param name="slot">The slot, a string or a list of strings.</param>
    /// <param name="candidate">The candidate.</param>
    /// <returns>The score, and the part of the candidate that is the value: words that belong to tool or slot fall off its ends.</returns>
    public static (double Score, Candidate Part) Score(RequestReading reading, ToolCard card, Slot slot, Candidate candidate)
    {
        double score = StringScores.Of(slot.Role, candidate.Kind);
        if (score == 0 || (card.HasList && slot.Type != ParameterType.Array && reading.IsBracketed(candidate)))
        {
            return (0, candidate);
        }

        Candidate part = candidate.Kind == CandidateKind.Phrase ? Trim(reading.Text, card, candidate) : candidate;
        if (part.Start == part.End)
        {
            return (0, candidate);
        }

        score += 0.45 * CueScorer.Score(reading, slot, part);
        score += LeadScore(slot, candidate);
        bool asksForTool = candidate.Kind == CandidateKind.Phrase || (candidate.Kind == CandidateKind.Name && slot.Role != SlotRole.Place);
        score += part.End < candidate.End && char.IsLower(part.Text[0]) ? QualifierBonus : 0;
        score -= asksForTool ? ExplainedLoss * ExplainedShare(reading.Text, card, part) : 0;
        score += candidate.Kind == CandidateKind.Name ? 0.003 * Math.Min(20, part.Text.Length) : 0;
        score -= Units.IsUnit(part.Text) ? UnitLoss : 0;
        return (score - (slot.Required ? 0 : OptionalLoss), part);
    }

    private static double LeadScore(Slot slot, Candidate candidate)
    {
        if (slot.Leads.Count > 0)
        {
            return slot.Leads.Contains(candidate.Lead) ? LeadBonus : candidate.Lead is "from" or "to" or "by" ? -LeadBonus : 0;
        }

        return slot.Role == SlotRole.Place
            ? (Grammar.LeadsToPlace(candidate.Lead) ? PlaceLead : 0)
            : candidate.Lead is "of" or "for" or "about" or "on" or "with" or "by" ? ObjectLead : 0;
    }

    private static Candidate Trim(RequestText text, ToolCard card, Candidate phrase)
    {
        int first = text.WordFrom(phrase.Start);
        int behind = text.WordFrom(phrase.End);
        while (first < behind && IsOutside(card, text.Words[first].Stem))
        {
            first++;
        }

        while (behind > first && IsOutside(card, text.Words[behind - 1].Stem))
        {
            behind--;
        }

        if (first == behind)
        {
            return phrase with { Start = phrase.End };
        }

        int start = text.Words[first].Start;
        int end = text.Words[behind - 1].End;
        return phrase with { Start = start, End = end, Text = text.Text[start..end] };
    }

    private static bool IsOutside(ToolCard card, string stem) =>
        card.NameStems.ContainsKey(stem) || card.NamesSlot(stem) || Grammar.IsGeneric(stem) || NumberWords.Scale(stem) is not null;

    private static double ExplainedShare(RequestText text, ToolCard card, Candidate part)
    {
        int explained = 0;
        int all = 0;
        for (int i = text.WordFrom(part.Start); i < text.Words.Length && text.Words[i].Start < part.End; i++)
        {
            all++;
            explained += card.Explains(text.Words[i].Stem) ? 1 : 0;
        }

        return explained / (double)Math.Max(1, all);
    }

    private static void AddUnits(RequestReading reading, Slot slot, List<Option> options)
    {
        foreach (Candidate number in reading.Candidates.Where(candidate => candidate.Kind == CandidateKind.Number && Units.IsUnit(candidate.Unit)))
        {
            options.Add(new Option(slot, number.Unit, slot.Required ? 0.5 : 0.35, number.End, number.End + 1) { Shares = true });
        }

        foreach (Candidate phrase in reading.Candidates.Where(candidate => candidate.Kind == CandidateKind.Phrase && candidate.Lead == "in"))
        {
            if (Units.IsUnit(phrase.Text))
            {
                options.Add(new Option(slot, phrase.Text, 0.7, phrase.Start, phrase.End) { Shares = true });
            }
        }
    }
}
