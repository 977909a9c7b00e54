namespace Bridge.TextCalls;

/// <summary><c>&lt;tool_call&gt;{"name": …, "arguments": …}&lt;/tool_call&gt;</c>, as Hermes, Qwen and Groq's tool models write it.</summary>
internal sealed class TaggedCallFormat : ITextCallFormat
{
    private static readonly string[] s_tags = ["<tool_call>", "<tool_calls>", "<function_call>", "<function_calls>"];

    public void Find(string text, TextCallSink found)
    {
        foreach (string tag in s_tags)
        {
            Find(text, tag, found);
        }
    }

    private static void Find(string text, string tag, TextCallSink found)
    {
        for (int at = text.IndexOf(tag, StringComparison.Ordinal); at >= 0 && !found.IsFull; at = text.IndexOf(tag, at, StringComparison.Ordinal))
        {
            // The closing tag is not asked for: it is often a stop word of the server.
            at += tag.Length;
            if (JsonPiece.TryRead(text, at) is not { } piece)
            {
                found.Reject($"what follows '{tag}' is not JSON");
                continue;
            }

            string source = text[piece.Start..piece.End];
            if (!JsonCall.AddAll(piece.Value, source, found, argumentsNeeded: false))
            {
                found.Reject($"what follows '{tag}' has no 'name' and 'arguments'");
            }

            at = piece.End;
        }
    }
}
