namespace Bridge.TextCalls;

/// <summary><c>&lt;|python_tag|&gt;</c> followed by JSON or a Python call, as Llama 3.1 and later write it.</summary>
internal sealed class PythonTagFormat : ITextCallFormat
{
    private const string Tag = "<|python_tag|>";

    public void Find(string text, TextCallSink found)
    {
        int at = text.IndexOf(Tag, StringComparison.Ordinal);
        if (at < 0)
        {
            return;
        }

        at += Tag.Length;
        bool any = false;
        while (!found.IsFull && JsonPiece.TryRead(text, at) is { } piece)
        {
            any |= JsonCall.AddAll(piece.Value, text[piece.Start..piece.End], found, argumentsNeeded: true);
            at = piece.End;
            while (at < text.Length && (char.IsWhiteSpace(text[at]) || text[at] is ';' or ','))
            {
                at++;
            }
        }

        if (!any && !PythonCallReader.AddAll(text[at..], found))
        {
            found.Reject($"what follows '{Tag}' is not a call");
        }
    }
}
