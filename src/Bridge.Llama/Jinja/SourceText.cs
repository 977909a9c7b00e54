namespace Bridge.Llama.Jinja;

/// <summary>The text of a template, and the places in it.</summary>
internal sealed class SourceText
{
    public SourceText(string text)
    {
        string lines = text.Contains('\r') ? text.ReplaceLineEndings("\n") : text;
        Text = lines.EndsWith('\n') ? lines[..^1] : lines; // one line break at the end is the file's, not the prompt's
    }

    /// <summary>The text, its lines ended by line feeds.</summary>
    public string Text { get; }

    public TemplateException Error(int position, string message, TemplateException? cause = null)
    {
        ReadOnlySpan<char> before = Text.AsSpan(0, Math.Clamp(position, 0, Text.Length));
        return new TemplateException(message, before.Count('\n') + 1, before.Length - before.LastIndexOf('\n'), cause);
    }
}
