using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds runs of capitalised words: people, places, companies, titles.</summary>
internal sealed partial class NameScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (ValueMatch match in Name().EnumerateMatches(text.Text))
        {
            (int start, int end) = Trim(text, match.Index, match.Index + match.Length);
            if (start >= end || found.IsTaken(start, end))
            {
                continue;
            }

            Add(text, found, start, end);
            int extended = ExtendOverComma(text, end);
            if (extended > end)
            {
                Add(text, found, start, extended);
            }
        }
    }

    private static void Add(RequestText text, CandidateList found, int start, int end) =>
        found.Add(new Candidate(CandidateKind.Name, start, end, text.Text[start..end]) { Lead = Leads.Of(text, start) });

    // A capital at the beginning of a sentence says nothing by itself.
    private static (int Start, int End) Trim(RequestText text, int start, int end)
    {
        for (int i = text.WordFrom(start); i < text.Words.Length && text.Words[i].Start < end; i++)
        {
            Word word = text.Words[i];
            bool opens = text.Before(word.Start) is '\n' or '.' or '?' or '!' or ':' or '"';
            bool pronoun = !word.IsContent && word.End - word.Start == 1;
            bool empty = opens && ((!word.IsContent && !IsShouted(text, word)) || Grammar.IsRequest(word.Stem) || IsAdverb(text, word));
            if (!pronoun && !empty)
            {
                return (word.Start, text.Text.AsSpan(0, end).EndsWith(" I") ? end - 2 : end);
            }
        }

        return (end, end);
    }

    private static bool IsShouted(RequestText text, Word word) => char.IsUpper(text.Text[word.End - 1]);

    private static bool IsAdverb(RequestText text, Word word) => text.Text.AsSpan(0, word.End).EndsWith("ly");

    private static int ExtendOverComma(RequestText text, int end)
    {
        Match rest = Region().Match(text.Text, end);
        return rest.Success ? end + rest.Length : end;
    }

    [GeneratedRegex(@"(?<![\w'’])(?:(?:Mr|Mrs|Ms|Dr|St|Prof)\.\s|(?:\p{Lu}\.){1,3}\s?)?\p{Lu}[\p{L}\p{M}\d]*(?:['’&.-](?=[\p{L}\d])[\p{L}\p{M}\d]+)*(?:(?:\s(?:of|de|da|do|du|la|le|van|von|der|the|and\sthe|del|di|y)(?=\s\p{Lu}))*\s(?:\p{Lu}\.|\p{Lu}[\p{L}\p{M}\d]*(?:['’&.-](?=[\p{L}\d])[\p{L}\p{M}\d]+)*|\d+\b(?![.,:/-]\d)))*(?:(?<=\b(?:Inc|Ltd|Corp|Co|Jr|Sr))\.)?")]
    private static partial Regex Name();

    [GeneratedRegex(@"\G,\s?(?>D\.C\.|[A-Z]{2}\b|\p{Lu}[\p{L}\p{M}]+(?:\s\p{Lu}[\p{L}\p{M}]+)*)(?!\s?(?:,\s?\p{Lu}|,?\s?(?:and|or|&)\s\p{Lu}))")]
    private static partial Regex Region();
}
