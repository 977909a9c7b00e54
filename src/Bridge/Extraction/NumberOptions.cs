using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills numbers: in the order of the text, unless a name or a unit nearby says which is which.</summary>
internal sealed class NumberOptions : IOptionSource
{
    private const double Base = 0.45;
    private const double OptionalBase = 0.12;
    private const double UnitBonus = 0.3;
    private const double ForeignUnit = 0.25;
    private const double WeakLoss = 0.2;
    private const double PartScore = 0.7;
    private const double LeadBonus = 0.3;
    private const double YearBonus = 0.45;
    private const double CountLoss = 0.3;

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type is not (ParameterType.Integer or ParameterType.Number))
        {
            return;
        }

        foreach (Candidate candidate in reading.Candidates)
        {
            if (card.HasList && reading.IsBracketed(candidate))
            {
                continue;
            }

            decimal? value = candidate.Kind switch
            {
                CandidateKind.Number => Numbers.Coerce(candidate, slot.Parameter),
                CandidateKind.Quoted => Numbers.Parse(candidate.Text, slot.Parameter),
                CandidateKind.Date or CandidateKind.Time => PartOf(candidate, slot),
                _ => null,
            };
            if (value is { } number && slot.Parameter.Bounds.Contains((double)number))
            {
                options.Add(new Option(slot, Numbers.ToNode(number), Score(reading, card, slot, candidate), candidate.Start, candidate.End)
                {
                    Order = candidate.Order,
                    Kind = candidate.Kind,
                    Shares = candidate.Kind is CandidateKind.Date or CandidateKind.Time,
                });
                decimal other = number == candidate.Number ? number / 100 : candidate.Number;
                if (candidate is { Kind: CandidateKind.Number, Percent: true } && (slot.Type == ParameterType.Number || decimal.IsInteger(other)) && slot.Parameter.Bounds.Contains((double)other))
                {
                    options.Add(new Option(slot, Numbers.ToNode(other), 0.1, candidate.Start, candidate.End) { Order = candidate.Order, Kind = candidate.Kind, Form = ValueForm.OtherShare });
                }
            }
        }
    }

    private static double Score(RequestReading reading, ToolCard card, Slot slot, Candidate candidate)
    {
        if (candidate.Kind is CandidateKind.Date or CandidateKind.Time)
        {
            return PartScore;
        }

        double score = slot.Required ? Base : OptionalBase;
        score += 0.6 * CueScorer.Score(reading, slot, candidate);
        score -= candidate.Weak ? WeakLoss : 0;
        score -= CountsTheSubject(card, candidate) ? CountLoss : 0;
        score += slot.Leads.Count == 0 || candidate.Lead.Length == 0 ? 0
            : slot.Leads.Contains(candidate.Lead) ? LeadBonus
            : candidate.Lead is "from" or "to" ? -LeadBonus
            : 0;
        if (candidate.Unit.Length > 0)
        {
            bool fits = Units.Measures(candidate.Unit, slot);
            bool fitsAnother = !fits && card.Slots.Any(other => other != slot && Units.Measures(candidate.Unit, other));
            score += fits ? UnitBonus : fitsAnother ? -ForeignUnit : 0;
        }

        bool year = candidate.Number is >= 1900 and <= 2100 && decimal.IsInteger(candidate.Number) && candidate.Unit.Length == 0;
        return score + (slot.IsNamed("year") ? (year ? YearBonus : -WeakLoss) : 0);
    }

    // "the two numbers 40 and 50", "its three sides": spelled out, and counting what the tool is about.
    private static bool CountsTheSubject(ToolCard card, Candidate candidate) =>
        candidate.Unit.Length > 0 && char.IsLetter(candidate.Text[0])
        && Grammar.List(candidate.Unit) is [var stem] && (card.Explains(stem) || Grammar.IsGeneric(stem));

    private static decimal? PartOf(Candidate candidate, Slot slot) => (candidate.Date, candidate.Time) switch
    {
        ({ } date, _) when slot.IsNamed("year") => date.Year,
        ({ } date, _) when slot.IsNamed("month") => date.Month,
        ({ } date, _) when slot.IsNamed("day") => date.Day,
        (_, { } time) when slot.IsNamed("hour") => time.Hour is > 12 && slot.Parameter.Bounds.Maximum is 12 ? time.Hour - 12 : time.Hour,
        (_, { } time) when slot.IsNamed("minute") || slot.IsNamed("minut") => time.Minute,
        _ => null,
    };
}
