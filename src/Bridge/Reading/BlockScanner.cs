using System.Text.RegularExpressions;

namespace Bridge.Reading;

/// <summary>Finds JSON objects and fenced code: what is quoted there is material, whatever calls it spells.</summary>
internal sealed partial class BlockScanner : ICandidateScanner
{
    /// <inheritdoc/>
    public void Scan(RequestText text, CandidateList found)
    {
        foreach (ValueMatch match in Fence().EnumerateMatches(text.Text))
        {
            found.Add(new Candidate(CandidateKind.Block, match.Index, match.Index + match.Length, text.Text.Substring(match.Index, match.Length).Trim('`', '\n')));
        }

        for (int i = text.Text.IndexOf('{', StringComparison.Ordinal); i >= 0; i = text.Text.IndexOf('{', i))
        {
            int end = FindEnd(text.Text, i);
            if (end > i && text.Text.AsSpan(i, end - i).Contains('"') && !found.IsTaken(i, end))
            {
                found.Add(new Candidate(CandidateKind.Block, i, end, text.Text[i..end]));
            }

            i = Math.Max(end, i + 1);
            if (i >= text.Text.Length)
            {
                return;
            }
        }
    }

    private static int FindEnd(string text, int start)
    {
        int depth = 0;
        for (int i = start; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
            {
                return i + 1;
            }
        }

        return text.Length;
    }

    [GeneratedRegex("```[\\s\\S]*?(?:```|\\z)")]
    private static partial Regex Fence();
}
