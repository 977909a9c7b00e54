using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Bridge.Schemas.Signatures;

namespace Bridge.Embedded;

/// <summary>Fills booleans whose name the text mentions: true, or false where it is denied.</summary>
internal sealed class BooleanOptions : IOptionSource
{
    private const double Base = 0.75;
    private const int NegationReach = 4;

    private static readonly FrozenSet<string> s_flagWords = Grammar.Stems(
        "is has have include includes get enable enabled use return returns show flag allow allows want should need needs required with for only to the of a be if in real_time value option display all");

    private static readonly FrozenSet<string> s_plainAnswers = Grammar.Stems("true false yes no on off");

    /// <inheritdoc/>
    public void AddOptions(RequestReading reading, ToolCard card, Slot slot, List<Option> options)
    {
        if (slot.Type != ParameterType.Boolean)
        {
            return;
        }

        List<string> wanted = [.. slot.NameStems.Where(stem => !s_flagWords.Contains(stem))];
        List<int> found = [.. wanted.Select(stem => FindWord(reading.Text, stem)).Where(place => place >= 0)];
        if (found.Count == 0 || found.Count * 3 < wanted.Count * 2)
        {
            return;
        }

        int first = found.Min();
        bool alreadySaid = found.TrueForAll(place => card.NameStems.ContainsKey(reading.Text.Words[place].Stem));
        double score = (Base * found.Count / wanted.Count) - (alreadySaid ? 0.5 : 0);
        Word word = reading.Text.Words[first];
        options.Add(new Option(slot, JsonValue.Create(!IsDenied(reading.Text, slot, first, found.Max())), score, word.Start, word.End) { Shares = true, IsKeyword = true });
    }

    private static int FindWord(RequestText text, string stem)
    {
        for (int i = 0; i < text.Words.Length; i++)
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
