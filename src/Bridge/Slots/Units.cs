using System.Collections.Frozen;
using Bridge.Reading;

namespace Bridge.Slots;

/// <summary>Units of measure and the quantities they measure.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> s_quantities = Build(
        ("$ € £ ¥ dollar dollars usd eur euro euros pound pounds gbp", "amount price cost principal investment budget salary income payment fee bill loan value deposit money balance saving purchase revenue"),
        ("% percent percentage", "rate percentage percent interest yield return growth share probability tip discount tax"),
        ("second seconds sec s ms millisecond milliseconds minute minutes min hour hours hr h", "time duration second minute hour period length interval timeout"),
        ("day days week weeks month months year years yr", "time duration day week month year period term days_ahead age range timeframe"),
        ("m meter meters metre metres km kilometer kilometers cm mm mile miles mi ft foot feet inch inches yard yards", "distance length height width radius diameter depth altitude level side base size wavelength thickness elevation"),
        ("kg kilogram kilograms g gram grams mg lb lbs tonne tonnes ton", "mass weight load quantity"),
        ("m/s km/h mph kmh meters/second ft/s kph", "speed velocity"),
        ("m/s^2 meters/second^2 m/s²", "acceleration gravity"),
        ("°c °f °k celsius fahrenheit kelvin degrees c", "temperature temp angle"),
        ("n newton newtons", "force"), ("j joule joules kj kwh", "energy work heat"), ("w watt watts kw", "power"),
        ("pa kpa atm bar psi", "pressure"), ("v volt volts", "voltage"), ("a amp amps ampere amperes", "current"),
        ("ohm ohms", "resistance"), ("hz khz mhz hertz", "frequency"), ("mol mole moles", "quantity moles amount"),
        ("bpm", "tempo bpm"), ("people guests persons adults passengers", "guest people person number party passenger size seat"),
        ("l liter liters litre litres ml gallon gallons", "volume capacity"));

    /// <summary>Whether a unit measures what a slot is about.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="slot">The slot.</param>
    public static bool Measures(string unit, Slot slot) =>
        s_quantities.TryGetValue(unit, out FrozenSet<string>? quantities) && slot.NameStems.Any(quantities.Contains);

    /// <summary>Whether a word is a unit of measure.</summary>
    /// <param name="word">The word.</param>
    public static bool IsUnit(string word) => s_quantities.ContainsKey(word);

    private static FrozenDictionary<string, FrozenSet<string>> Build(params (string Units, string Quantities)[] groups)
    {
        var quantities = new Dictionary<string, FrozenSet<string>>(StringComparer.OrdinalIgnoreCase);
        foreach ((string units, string measured) in groups)
        {
            FrozenSet<string> stems = Grammar.Stems(measured);
            foreach (string unit in units.Split(' '))
            {
                quantities[unit] = stems;
            }
        }

        return quantities.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
