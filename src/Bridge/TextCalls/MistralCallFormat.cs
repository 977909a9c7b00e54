namespace Bridge.TextCalls;

/// <summary><c>[TOOL_CALLS]</c> followed by a JSON array, or by <c>name[ARGS]{…}</c> in newer models of Mistral.</summary>
internal sealed class MistralCallFormat : ITextCallFormat
{
    private const string Tag = "[TOOL_CALLS]";
    private const string Arguments = "[ARGS]";
    private const int MaxName = 200;

    public void Find(string text, TextCallSink found)
    {
        for (int at = text.IndexOf(Tag, StringComparison.Ordinal); at >= 0 && !found.IsFull; at = text.IndexOf(Tag, at, StringComparison.Ordinal))
        {
            at += Tag.Length;
            if (JsonPiece.TryRead(text, at) is { } list)
            {
                if (!JsonCall.AddAll(list.Value, text[list.Start..list.End], found, argumentsNeeded: false))
                {
                    found.Reject($"what follows '{Tag}' has no 'name' and 'arguments'");
                }

                at = list.End;
            }
            else if (!AddNamed(text, ref at, found))
            {
                found.Reject($"what follows '{Tag}' is not JSON");
            }
        }
    }

    private static bool AddNamed(string text, ref int at, TextCallSink found)
    {
        int brace = text.IndexOf('{', at, Math.Min(MaxName, text.Length - at));
        if (brace < 0 || JsonPiece.TryRead(text, brace) is not { } arguments)
        {
            return false;
        }

        string name = text[at..brace].Replace(Arguments, "", StringComparison.Ordinal).Trim();
        found.Add(name, text[arguments.Start..arguments.End], text[at..arguments.End]);
        at = arguments.End;
        return true;
    }
}
