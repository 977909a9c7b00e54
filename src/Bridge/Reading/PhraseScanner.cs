using System.Buffers;

namespace Bridge.Reading;

/// <summary>Finds the words between two little words or marks: the plainest arguments of all.</summary>
internal sealed class PhraseScanner : ICandidateScanner
{
    private const int MaxWords = 6;

    private static readonly SearchValues<char> s_joints = SearchValues.Create(" -'’/_.");

    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        int first = 0;
        while (first < text.Words.Length)
        {
            if (!text.Words[first].IsContent)
            {
                first++;
                continue;
            }

            int last = first;
            while (last + 1 < text.Words.Length && last - first < MaxWords && Continues(text, text.Words[last], text.Words[last + 1]))
            {
                last++;
            }

            Add(text, found, first, last);
            first = last + 1;
        }
    }

    private static bool Continues(RequestText text, Word word, Word next) =>
        next.IsContent && text.Text.AsSpan(word.End..next.Start).IndexOfAnyExcept(s_joints) < 0 && !text.EndsSentence(word.End, next.Start);

    private static void Add(RequestText text, CandidateList found, int first, int last)
    {
        // "Find restaurants" asks; "restaurants" is what it is about.
        while (first < last && Grammar.IsRequest(text.Words[first].Stem) && text.Before(text.Words[first].Start) is '\n' or '.' or ',' or '?' or '!')
        {
            first++;
        }

        int start = text.Words[first].Start;
        int end = text.Words[last].End;
        found.Add(new Candidate(CandidateKind.Phrase, start, end, text.Text[start..end]) { Lead = Leads.Of(text, start) });
    }
}
