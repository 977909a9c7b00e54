namespace Bridge.TextCalls;

/// <summary>JSON objects and arrays with a name and arguments that begin a line.</summary>
internal sealed class BareJsonFormat : ITextCallFormat
{
    /// <summary>So many lines that begin like JSON are tried: more are not an answer but a document.</summary>
    private const int MaxTries = 64;

    public void Find(string text, TextCallSink found)
    {
        int tries = 0;
        for (int at = 0; at >= 0 && at < text.Length && tries < MaxTries && !found.IsFull;)
        {
            int content = at;
            while (content < text.Length && text[content] is ' ' or '\t')
            {
                content++;
            }

            int next = at;
            if (content < text.Length && text[content] is '{' or '[')
            {
                tries++;
                if (JsonPiece.TryRead(text, content) is { } piece)
                {
                    JsonCall.AddAll(piece.Value, text[piece.Start..piece.End], found, argumentsNeeded: true);
                    next = piece.End;
                }
            }

            at = NextLine(text, next);
        }
    }

    /// <summary>Reads a block that is nothing but JSON: one value, or several one after another.</summary>
    public static void FindWhole(string block, TextCallSink found)
    {
        int at = 0;
        while (!found.IsFull && JsonPiece.TryRead(block, at) is { } piece)
        {
            JsonCall.AddAll(piece.Value, block[piece.Start..piece.End], found, argumentsNeeded: true);
            at = piece.End;
        }
    }

    private static int NextLine(string text, int from)
    {
        int line = text.IndexOf('\n', from);
        return line < 0 ? -1 : line + 1;
    }
}
