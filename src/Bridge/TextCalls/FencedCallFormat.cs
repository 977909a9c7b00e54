namespace Bridge.TextCalls;

/// <summary>Calls in fenced code blocks: JSON, or Python where the block says so.</summary>
internal sealed class FencedCallFormat : ITextCallFormat
{
    private const string Fence = "```";

    public void Find(string text, TextCallSink found)
    {
        for (int at = text.IndexOf(Fence, StringComparison.Ordinal); at >= 0 && !found.IsFull;)
        {
            at += Fence.Length;
            int line = text.IndexOf('\n', at);
            int close = text.IndexOf(Fence, at, StringComparison.Ordinal);
            int end = close < 0 ? text.Length : close;
            bool hasLanguage = line >= 0 && line < end;
            string language = hasLanguage ? text[at..line].Trim().ToLowerInvariant() : "";
            Read(language, text[(hasLanguage ? line + 1 : at)..end].Trim(), found);
            at = close < 0 ? -1 : text.IndexOf(Fence, close + Fence.Length, StringComparison.Ordinal);
        }
    }

    private static void Read(string language, string block, TextCallSink found)
    {
        if (language is "" or "json" or "tool_call" or "tool_calls" or "tool" or "function")
        {
            BareJsonFormat.FindWhole(block, found);
        }
        else if (language is "python" or "py" or "tool_code")
        {
            PythonCallReader.AddAll(block, found);
        }
    }
}
