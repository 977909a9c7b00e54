using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>Fills booleans whose name the text mentions: true, or false where it is denied.</summary>
internal sealed class BooleanOptions : IOptionSource
{
    private const double Base = 0.75;
    private const int NegationReach = 4;
    private const int MaxTimes = 4;

    private static readonly FrozenSet<string> s_flagWords = Grammar.Stems(
        "is has have include includes get enable enabled use return returns show flag allow allows want should need needs required with for only to the of a be if in real_time value option display all");

    private static readonly FrozenSet<string> s_plainAnswers = Grammar.Stems("true false yes no on off");

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        (JsonNode? yes, JsonNode? no) = ValuesOf(slot);
        if (yes is null || no is null)
        {
            return;
        }

        List<string> wanted = [.. slot.NameStems.Where(stem => !s_flagWords.Contains(stem))];
        List<int> found = [.. wanted.Select(stem => FindWord(reading.Text, stem, 0)).Where(place => place >= 0)];
        if (found.Count == 0)
        {
            return;
        }

        bool alreadySaid = found.TrueForAll(place => card.NameStems.ContainsKey(reading.Text.Words[place].Stem));
        double score = found.Count * 3 < wanted.Count * 2 ? 0.1 : (Base * found.Count / wanted.Count) - (alreadySaid ? 0.5 : 0);
        int first = found.Min();
        int span = found.Max() - first;
        for (int times = 0; first >= 0 && times < MaxTimes; times++)
        {
            Word word = reading.Text.Words[first];
            bool denied = IsDenied(reading.Text, slot, first, Math.Min(first + span, reading.Text.Words.Length - 1));
            options.Add(new Option(slot, (denied ? no : yes).DeepClone(), score, word.Start, word.End) { Shares = true, IsKeyword = true });
            options.Add(new Option(slot, (denied ? yes : no).DeepClone(), 0, word.Start, word.End) { Shares = true, IsKeyword = true, Form = ValueForm.OtherWay });
            first = FindWord(reading.Text, word.Stem, first + 1);
            span = 0;
        }
    }

    // Many services write flags as strings.
    private static (JsonNode? Yes, JsonNode? No) ValuesOf(Slot slot)
    {
        if (slot.Type == ParameterType.Boolean)
        {
            return (JsonValue.Create(true), JsonValue.Create(false));
        }

        JsonNode? Find(string word) => slot.IsClosed ? slot.Choices.FirstOrDefault(choice => choice.Value.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))?.Value : null;
        return (Find("true") ?? Find("yes"), Find("false") ?? Find("no"));
    }

    private static int FindWord(RequestText text, string stem, int from)
    {
        for (int i = from; i < text.Words.Length; i++)
        {
            string word = text.Words[i].Stem;
            bool inflected = word.Length > 3 && stem.Length > 3
                && (word.StartsWith(stem, StringComparison.Ordinal) || stem.StartsWith(word, StringComparison.Ordinal));
            if (word == stem || inflected)
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsDenied(RequestText text, Slot slot, int first, int last)
    {
        for (int i = Math.Max(0, first - NegationReach); i < Math.Min(text.Words.Length, last + 3); i++)
        {
            Word word = text.Words[i];
            bool apart = i < first ? text.EndsSentence(word.End, text.Words[first].Start) : text.EndsSentence(text.Words[first].End, word.Start);
            bool denies = Grammar.IsNegation(word.Stem) || (i > last && word.Stem == "fals");
            if (!apart && denies && !slot.IsNamed(word.Stem) && (i < first || s_plainAnswers.Contains(word.Stem) || word.Stem == "disabl"))
            {
                return true;
            }
        }

        return false;
    }
}
