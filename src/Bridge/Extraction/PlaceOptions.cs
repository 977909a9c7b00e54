using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Writes towns as parameters want them: with region or country, by the full name, or the region alone.</summary>
internal sealed class PlaceOptions : IOptionSource
{
    private const int MaxWords = 4;

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.String || slot.IsClosed)
        {
            return;
        }

        RequestText text = reading.Text;
        for (int first = 0; first < text.Words.Length; first++)
        {
            for (int last = Math.Min(first + MaxWords, text.Words.Length) - 1; last >= first; last--)
            {
                int start = text.Words[first].Start;
                int end = text.Words[last].End;
                string name = text.Text[start..end];
                if (Places.Find(name) is { } place && (name.Length > 3 || char.IsUpper(name[^1]) || name.Equals("nyc", StringComparison.OrdinalIgnoreCase)))
                {
                    Add(reading, slot, options, place, name, start, end);
                    first = last;
                    break;
                }
            }
        }
    }

    private static void Add(RequestReading reading, Slot slot, List<Option> options, Place place, string name, int start, int end)
    {
        int region = EndOfRegion(reading.Text, end, place);
        int stop = region > 0 ? region : end;
        void Offer(string value, ValueForm form) =>
            options.Add(new Option(slot, value, slot.Role == SlotRole.Place ? 0.4 : 0.1, start, stop) { Kind = CandidateKind.Name, Form = form });

        Offer($"{place.Name}, {(place.Region.Length > 0 ? place.Region : place.Country)}", ValueForm.TownAndRegion);
        if (!name.Equals(place.Name, StringComparison.OrdinalIgnoreCase) || region > 0)
        {
            Offer(place.Name, ValueForm.Town);
        }

        if (place.Region.Length > 0)
        {
            Offer(place.Region, ValueForm.Region);
        }

        Offer(place.Country, ValueForm.Country);
    }

    // "Boston, Massachusetts": the region is said already, in another form.
    private static int EndOfRegion(RequestText text, int end, Place place)
    {
        int next = text.WordFrom(end);
        for (int words = 2; words >= 1; words--)
        {
            if (next + words <= text.Words.Length && text.Words[next].Start - end <= 2)
            {
                int stop = text.Words[next + words - 1].End;
                string said = text.Text[text.Words[next].Start..stop];
                if (said == place.Region || Places.StateCode(said) == place.Region || said.Equals(place.Country, StringComparison.OrdinalIgnoreCase))
                {
                    return stop;
                }
            }
        }

        return 0;
    }
}
