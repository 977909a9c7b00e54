using System.Collections.Frozen;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Counts time spans in the unit a parameter asks for: <c>2 weeks</c> are 14 days, <c>next week</c> is 7, a decade is 10 years.</summary>
internal sealed class TimeSpanOptions : IOptionSource
{
    // In hours; months and years as people count them.
    private static readonly FrozenDictionary<string, decimal> s_hours = new Dictionary<string, decimal>(StringComparer.Ordinal)
    {
        ["second"] = 1 / 3600m, ["minute"] = 1 / 60m, ["hour"] = 1, ["day"] = 24, ["week"] = 168, ["month"] = 720, ["year"] = 8640,
        ["decade"] = 86400, ["century"] = 864000, ["fortnight"] = 336, ["weekend"] = 48, ["quarter"] = 2160,
    }.ToDictionary(pair => Grammar.List(pair.Key)[0], pair => pair.Value).ToFrozenDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type is not (ParameterType.Integer or ParameterType.Number))
        {
            return;
        }

        string? unit = slot.NameStems.LastOrDefault(s_hours.ContainsKey) ?? Grammar.List(slot.Parameter.Description).FirstOrDefault(s_hours.ContainsKey);
        if (unit is null)
        {
            return;
        }

        RequestText text = reading.Text;
        for (int i = 0; i < text.Words.Length; i++)
        {
            if (!s_hours.TryGetValue(text.Words[i].Stem, out decimal hours) || text.Words[i].Stem == unit)
            {
                if (text.Words[i].Stem == unit)
                {
                    Offer(slot, options, 1, text.Words[i].Start, text.Words[i].End, ValueForm.Implied);
                }

                continue;
            }

            Candidate? number = reading.Candidates.FirstOrDefault(candidate => candidate.Kind == CandidateKind.Number && candidate.End <= text.Words[i].Start && text.Words[i].Start - candidate.End <= 1);
            Offer(slot, options, (number?.Number ?? 1) * hours / s_hours[unit], number?.Start ?? text.Words[i].Start, text.Words[i].End, number is null ? ValueForm.Implied : ValueForm.Converted);
        }
    }

    private static void Offer(Slot slot, List<Option> options, decimal value, int start, int end, ValueForm form)
    {
        decimal rounded = Math.Round(value, 6);
        if ((slot.Type == ParameterType.Number || decimal.IsInteger(rounded)) && slot.Parameter.Bounds.Contains((double)rounded))
        {
            options.Add(new Option(slot, Numbers.ToNode(rounded), 0.1, start, end) { Form = form });
        }
    }
}
