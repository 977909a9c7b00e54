using System.Globalization;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills dates and times, written as the schema's format or the description says, else as the user wrote them.</summary>
internal sealed class DateOptions : IOptionSource
{
    private const double Base = 0.85;
    private const double LeadBonus = 0.25;
    private const double Relative = 0.1; // "Saturday 2023-09-30" is said twice: the exact one counts

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.String || slot.Role is not (SlotRole.Date or SlotRole.Time))
        {
            return;
        }

        foreach (Candidate candidate in reading.Candidates)
        {
            string? value = candidate.Kind switch
            {
                CandidateKind.Date when slot.Role == SlotRole.Date => WriteDate(reading, slot, candidate),
                CandidateKind.Time when slot.Role == SlotRole.Time => WriteTime(slot.Parameter, candidate),
                _ => null,
            };
            if (value is not null)
            {
                options.Add(new Option(slot, value, Score(reading, slot, candidate), candidate.Start, candidate.End) { Kind = candidate.Kind });
            }
        }
    }

    private static double Score(RequestReading reading, Slot slot, Candidate candidate)
    {
        double lead = slot.Leads.Count == 0 || candidate.Lead.Length == 0 ? 0 : slot.Leads.Contains(candidate.Lead) ? LeadBonus : -LeadBonus;
        double loss = candidate.Kind == CandidateKind.Date && !candidate.Text.Any(char.IsAsciiDigit) ? Relative : 0;
        return Base + lead + (0.2 * CueScorer.Score(reading, slot, candidate)) - loss;
    }

    private static string? WriteDate(RequestReading reading, Slot slot, Candidate candidate)
    {
        if (candidate.Date is not { } date)
        {
            return slot.Parameter.Format is null ? candidate.Text : null;
        }

        if (slot.Parameter.Format == "date-time")
        {
            return candidate.Text.Contains('T', StringComparison.Ordinal) && char.IsAsciiDigit(candidate.Text[0]) ? candidate.Text : Moment(reading, candidate, date).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }

        string? format = slot.Parameter.Format == "date" ? "yyyy-MM-dd" : DateFormats.Find(slot.Parameter.Description);
        return format is null ? candidate.Text : Moment(reading, candidate, date).ToString(format, CultureInfo.InvariantCulture);
    }

    // The time of day beside the date belongs to it. RFC 3339 wants an offset where the user named none: then it is UTC.
    private static DateTime Moment(RequestReading reading, Candidate candidate, DateOnly date)
    {
        Candidate? near = reading.Candidates
            .Where(other => other.Kind == CandidateKind.Time && Math.Abs(other.Start - candidate.End) < 16)
            .MinBy(other => Math.Abs(other.Start - candidate.End));
        return date.ToDateTime(near?.Time ?? TimeOnly.MinValue);
    }

    private static string WriteTime(ToolParameter parameter, Candidate candidate)
    {
        string? format = parameter.Format == "time" ? "HH:mm:ss'Z'" : DateFormats.Find(parameter.Description);
        bool timeOnly = format is not null && !format.Contains('y', StringComparison.Ordinal);
        return timeOnly ? candidate.Time!.Value.ToString(format, CultureInfo.InvariantCulture) : candidate.Text;
    }
}
