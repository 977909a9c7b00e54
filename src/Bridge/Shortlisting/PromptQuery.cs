using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Shortlisting;

/// <summary>What of a prompt says which tool is meant: the last user message, and weakly the user's turns before it.</summary>
internal static class PromptQuery
{
    private const int MaxEarlierTurns = 3;
    private const float EarlierWeight = 0.3f;

    // Of a long message the ends are read: what is asked stands at one of them, what is quoted between them.
    private const int MaxEnd = 4_000;

    /// <summary>Adds the scores of a prompt.</summary>
    /// <param name="index">The index.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="scores">A score for each tool of the index, added to.</param>
    public static void AddScores(Bm25Index index, Prompt prompt, Span<float> scores)
    {
        float weight = 1;
        for (int i = prompt.Messages.Length - 1, turns = 0; i >= 0 && turns <= MaxEarlierTurns; i--)
        {
            if (prompt.Messages[i].Role == ChatRole.User)
            {
                AddScores(index, prompt.Messages[i].Text, weight, scores);
                weight = EarlierWeight;
                turns++;
            }
        }
    }

    private static void AddScores(Bm25Index index, ReadOnlySpan<char> text, float weight, Span<float> scores)
    {
        if (text.Length <= 2 * MaxEnd)
        {
            index.AddScores(text, weight, scores);
            return;
        }

        index.AddScores(text[..MaxEnd], weight, scores);
        index.AddScores(text[^MaxEnd..], weight, scores);
    }
}
