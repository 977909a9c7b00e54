using Bridge.Prompts;
using Microsoft.Extensions.AI;

namespace Bridge.Shortlisting;

/// <summary>Reads what the user said part by part, each sentence and the whole message, and computes features. The ranker and its training see the same.</summary>
internal static class RankReader
{
    private const int MaxEarlierTurns = 3;
    private const int MaxSentences = 24;
    private const float EarlierWeight = 0.3f;

    // Of a long message the ends are read: what is asked stands at one of them, what is quoted between them.
    private const int MaxEnd = 4_000;

    /// <summary>Reads a prompt.</summary>
    /// <param name="index">The index.</param>
    /// <param name="prompt">The prompt.</param>
    /// <param name="scratch">Room; its whole scores are those of the prompt afterwards.</param>
    /// <param name="receiver">Receives the features.</param>
    public static void Read<TReceiver>(Bm25Index index, Prompt prompt, RankScratch scratch, ref TReceiver receiver)
        where TReceiver : struct, IRankReceiver
    {
        for (int turn = 0, at = LastTurn(prompt, prompt.Messages.Length); at >= 0 && turn <= MaxEarlierTurns; turn++, at = LastTurn(prompt, at))
        {
            AddWhole(index, prompt.Messages[at].Text, turn, scratch);
        }

        float best = MaxOf(scratch.WholeScores);
        for (int turn = 0, at = LastTurn(prompt, prompt.Messages.Length); best > 0 && at >= 0 && turn <= MaxEarlierTurns; turn++, at = LastTurn(prompt, at))
        {
            ReadMessage(index, prompt.Messages[at].Text, scratch, (best, turn), ref receiver);
        }
    }

    private static int LastTurn(Prompt prompt, int before)
    {
        do
        {
            before--;
        }
        while (before >= 0 && prompt.Messages[before].Role != ChatRole.User);

        return before;
    }

    private static void AddWhole(Bm25Index index, string text, int turn, RankScratch scratch)
    {
        QueryUnit unit = turn == 0 ? scratch.Whole : scratch.Unit;
        ReadEnds(index, text, unit);
        foreach (int term in unit.Terms)
        {
            index.AddScores(term, turn == 0 ? 1 : EarlierWeight, scratch.WholeScores);
        }
    }

    private static void ReadEnds(Bm25Index index, ReadOnlySpan<char> text, QueryUnit unit)
    {
        unit.Clear();
        if (text.Length <= 2 * MaxEnd)
        {
            unit.Add(index, text);
            return;
        }

        unit.Add(index, text[..MaxEnd]);
        unit.Add(index, text[^MaxEnd..]);
    }

    private static void ReadMessage<TReceiver>(
        Bm25Index index, ReadOnlySpan<char> text, RankScratch scratch, (float Best, int Turn) message, ref TReceiver receiver)
        where TReceiver : struct, IRankReceiver
    {
        int sentences;
        if (text.Length <= 2 * MaxEnd)
        {
            sentences = ReadSentences(index, text, scratch, message, ref receiver);
        }
        else
        {
            sentences = ReadSentences(index, text[..MaxEnd], scratch, message, ref receiver);
            sentences += ReadSentences(index, text[^MaxEnd..], scratch, message, ref receiver);
        }

        if (sentences > 1)
        {
            ReadEnds(index, text, scratch.Unit);
            Rank(index, scratch, message, ref receiver);
        }
    }

    private static int ReadSentences<TReceiver>(
        Bm25Index index, ReadOnlySpan<char> text, RankScratch scratch, (float Best, int Turn) message, ref TReceiver receiver)
        where TReceiver : struct, IRankReceiver
    {
        int count = 0;
        var sentences = new SentenceReader(text);
        while (count < MaxSentences && sentences.MoveNext())
        {
            scratch.Unit.Clear();
            scratch.Unit.Add(index, sentences.Current);
            if (!scratch.Unit.Terms.IsEmpty)
            {
                Rank(index, scratch, message, ref receiver);
                count++;
            }
        }

        return count;
    }

    private static void Rank<TReceiver>(Bm25Index index, RankScratch scratch, (float Best, int Turn) message, ref TReceiver receiver)
        where TReceiver : struct, IRankReceiver
    {
        scratch.Scores.Clear();
        foreach (int term in scratch.Unit.Terms)
        {
            index.AddScores(term, 1, scratch.Scores);
        }

        scratch.Candidates.Find(index, scratch.Unit, scratch.Scores);
        for (int rank = 0; rank < scratch.Candidates.Found.Length; rank++)
        {
            RankFeatures.Write(index, scratch, rank, message.Best, scratch.Row);
            receiver.Receive(scratch.Candidates.Found[rank].Tool, scratch.Row, message.Turn);
        }
    }

    private static float MaxOf(ReadOnlySpan<float> scores)
    {
        float max = 0;
        foreach (float score in scores)
        {
            max = Math.Max(max, score);
        }

        return max;
    }
}
