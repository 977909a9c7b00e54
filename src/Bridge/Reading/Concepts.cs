using System.Collections.Frozen;

namespace Bridge.Reading;

/// <summary>Everyday words for one thing: <c>plus</c> asks for <c>add</c>, <c>rain</c> for <c>weather</c>. Kept as stems.</summary>
internal static class Concepts
{
    private static readonly FrozenDictionary<string, int> s_concepts = Build(
        "add plus sum addition", "subtract minus subtraction deduct", "multiply times product multiplication multiplied", "divide divided quotient division",
        "weather forecast rain temperature sunny snow humidity", "mail email", "buy purchase order", "book reserve reservation booking",
        "movie film films cinema", "song track music", "picture image photo", "find search locate lookup look", "delete remove erase",
        "create make generate build", "convert conversion", "translate translation", "route directions navigate navigation", "flight fly flights",
        "hotel accommodation lodging", "restaurant dining eatery food", "stock share stocks", "price cost", "car vehicle automobile",
        "doctor physician", "event concert show", "schedule calendar appointment", "news headlines", "distance far", "nearby near nearest close closest",
        "hypotenuse hypot", "gcd hcf", "lawsuit case", "recipe cook cooking", "roll dice", "president leader", "population inhabitants", "solve roots",
        "run execute", "change modify update edit", "send share", "open start launch", "bus coach", "trip travel journey", "game match", "attraction sightseeing landmark",
        "money payment pay", "ride cab taxi uber", "cast actor actress starring stars star featuring acted acting", "director directed", "weight mass", "speed velocity", "duration time period", "initial starting start beginning", "final ending end", "therapist psychologist counselor", "hairdresser stylist salon", "house home apartment", "kid child children", "fee charge", "enter entry entrance");

    private static readonly ILookup<int, string> s_members = s_concepts.ToLookup(pair => pair.Value, pair => pair.Key);

    /// <summary>The other words for what a word says.</summary>
    /// <param name="stem">The word's stem.</param>
    /// <returns>Their stems.</returns>
    public static IEnumerable<string> Synonyms(string stem) => s_members[Of(stem)];

    /// <summary>The concept of a word.</summary>
    /// <param name="stem">The word's stem.</param>
    /// <returns>The concept's number; -1 when the word stands for itself.</returns>
    public static int Of(string stem) => s_concepts.GetValueOrDefault(stem, -1);

    private static FrozenDictionary<string, int> Build(params string[] groups)
    {
        var concepts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < groups.Length; i++)
        {
            foreach (string stem in Grammar.Stems(groups[i]))
            {
                concepts.TryAdd(stem, i);
            }
        }

        return concepts.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
