namespace Bridge.TextCalls;

/// <summary>Python-style calls that are a line of their own: <c>add(a=2, b=3)</c> or <c>[add(a=2, b=3), now()]</c>.</summary>
internal sealed class PythonCallFormat : ITextCallFormat
{
    private const int MaxLines = 64;

    public void Find(string text, TextCallSink found)
    {
        string whole = text.Trim();
        if (PythonCallReader.AddAll(whole.Trim('`'), found))
        {
            return;
        }

        int lines = 0;
        foreach (ReadOnlySpan<char> line in whole.AsSpan().EnumerateLines())
        {
            if (++lines > MaxLines || found.IsFull)
            {
                return;
            }

            ReadOnlySpan<char> candidate = line.Trim().Trim('`');
            if (candidate.EndsWith(")") || candidate.EndsWith(")]"))
            {
                PythonCallReader.AddAll(candidate.ToString(), found);
            }
        }
    }
}
