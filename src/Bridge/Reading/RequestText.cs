using System.Collections.Immutable;
using Bridge.Shortlisting;

namespace Bridge.Reading;

/// <summary>What the user wrote, cut to a bounded length and read into words once.</summary>
internal sealed class RequestText
{
    // What is asked stands at one of the ends of a long message, what is quoted between them.
    private const int MaxEnd = 2_000;
    private const int MaxWords = 900;

    private RequestText(string text, ImmutableArray<Word> words)
    {
        Text = text;
        Words = words;
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>Its words, in order.</summary>
    public ImmutableArray<Word> Words { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, of any length.</param>
    public static RequestText Read(string text)
    {
        string bounded = Unwrap(text.Length <= 2 * MaxEnd ? text : $"{text.AsSpan(0, MaxEnd)}\n{text.AsSpan(text.Length - MaxEnd)}");
        var words = ImmutableArray.CreateBuilder<Word>();
        var reader = new StemReader(bounded, stackalloc char[StemReader.MaxWord]);
        while (words.Count < MaxWords && reader.MoveNext())
        {
            bool content = !StopWords.Contains(reader.Current) && !Grammar.IsBreak(reader.Current);
            words.Add(new Word(reader.Start, reader.End, reader.Current.ToString(), content));
        }

        return new RequestText(bounded, words.ToImmutable());
    }

    /// <summary>The first word that begins at or behind a position.</summary>
    /// <param name="position">The position in the text.</param>
    /// <returns>The word's place; the number of words when there is none.</returns>
    public int WordFrom(int position)
    {
        int low = 0;
        int high = Words.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = Words[middle].Start >= position ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>Whether a sentence ends between two positions.</summary>
    /// <param name="start">The first position.</param>
    /// <param name="end">The position behind the last.</param>
    public bool EndsSentence(int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            char mark = Text[i];
            bool last = i + 1 >= Text.Length || char.IsWhiteSpace(Text[i + 1]);
            if (mark is '\n' or ';' or '?' or '!' || (mark == '.' && last))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The character before a position that is not a space; a line break at the beginning.</summary>
    /// <param name="position">The position.</param>
    public char Before(int position)
    {
        while (position > 0 && Text[position - 1] == ' ')
        {
            position--;
        }

        return position == 0 ? '\n' : Text[position - 1];
    }

    // A request that is quoted as a whole is not an argument.
    private static string Unwrap(string text)
    {
        string trimmed = text.Trim();
        bool wrapped = trimmed.Length > 2 && trimmed[0] == '"' && trimmed[^1] == '"' && trimmed.IndexOf('"', 1) == trimmed.Length - 1;
        return wrapped ? trimmed[1..^1] : trimmed;
    }
}
