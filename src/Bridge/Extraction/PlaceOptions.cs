using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Writes towns as parameters want them: with region or country, by the full name, or the region alone.</summary>
internal sealed class PlaceOptions : IOptionSource
{
    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.String || slot.IsClosed)
        {
            return;
        }

        foreach (SaidTown town in reading.Towns)
        {
            Add(slot, options, town);
        }
    }

    private static void Add(Slot slot, List<Option> options, SaidTown town)
    {
        Place place = town.Place;
        void Offer(string value, ValueForm form) =>
            options.Add(new Option(slot, value, slot.Role == SlotRole.Place ? 0.4 : 0.1, town.Start, town.End) { Kind = CandidateKind.Name, Form = form });

        Offer($"{place.Name}, {(place.Region.Length > 0 ? place.Region : place.Country)}", ValueForm.TownAndRegion);
        if (!town.IsPlainName)
        {
            Offer(place.Name, ValueForm.Town);
        }

        if (place.Region.Length > 0)
        {
            Offer(place.Region, ValueForm.Region);
        }

        Offer(place.Country, ValueForm.Country);
    }
}
