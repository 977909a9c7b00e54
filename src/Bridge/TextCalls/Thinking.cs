using System.Text;

namespace Bridge.TextCalls;

/// <summary>What a model writes while it thinks is not its answer.</summary>
public static class Thinking
{
    private static readonly string[] s_tags = ["think", "thinking", "reasoning"];

    /// <summary>Removes thinking blocks; one that is never closed reaches to the end, one that was opened by the chat template begins at the start.</summary>
    /// <param name="text">What the model wrote.</param>
    /// <returns>Its answer, trimmed when something was removed.</returns>
    public static string Remove(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.Contains('<', StringComparison.Ordinal))
        {
            return text;
        }

        foreach (string tag in s_tags)
        {
            text = Remove(text, $"<{tag}>", $"</{tag}>");
        }

        return text;
    }

    private static string Remove(string text, string open, string close)
    {
        int opened = text.IndexOf(open, StringComparison.OrdinalIgnoreCase);
        int closed = text.IndexOf(close, StringComparison.OrdinalIgnoreCase);
        if (opened < 0 && closed < 0)
        {
            return text;
        }

        var kept = new StringBuilder();
        int position = closed >= 0 && (opened < 0 || closed < opened) ? closed + close.Length : 0;
        while (position < text.Length)
        {
            int start = text.IndexOf(open, position, StringComparison.OrdinalIgnoreCase);
            kept.Append(text, position, (start < 0 ? text.Length : start) - position);
            if (start < 0)
            {
                break;
            }

            int end = text.IndexOf(close, start, StringComparison.OrdinalIgnoreCase);
            position = end < 0 ? text.Length : end + close.Length;
        }

        return kept.ToString().Trim();
    }
}
