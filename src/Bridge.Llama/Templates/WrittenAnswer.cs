using System.Text.RegularExpressions;

namespace Bridge.Llama.Templates;

/// <summary>What a model writes for an answer of calls: what the template adds between the prompt and the end of the answer.</summary>
internal sealed partial class WrittenAnswer(TemplateProbe probe, CallWay way)
{
    private static readonly string[] s_marks =
        [TemplateProbe.FirstValue, TemplateProbe.SecondValue, TemplateProbe.FirstTool, TemplateProbe.SecondTool, TemplateProbe.FirstKey, TemplateProbe.SecondKey];

    /// <summary>The text; <see langword="null"/> where the template refuses.</summary>
    /// <param name="two">Whether the answer has two calls.</param>
    public string? Of(bool two) => Written(way.Message(two));

    /// <summary>The text of an answer with calls of certain arguments; <see langword="null"/> where the template refuses.</summary>
    /// <param name="arguments">The arguments of one call or of two, as JSON.</param>
    public string? Of(params IReadOnlyList<string> arguments) => Written(TemplateProbe.Calls(way.Content, way.ArgumentsAsText, arguments));

    // Calls are decoded without thinking: where an answer closes its thoughts first, in tags of another kind, there are none to close.
    private string? Written(string message) =>
        Written(message, thinks: null) is var written && ClosesThoughts(written) ? Written(message, thinks: false) : written;

    private static bool ClosesThoughts(string? written)
    {
        int tool = written?.IndexOf(TemplateProbe.FirstTool, StringComparison.Ordinal) ?? -1;
        return tool >= 0 && written.AsSpan(0, tool).Contains("think", StringComparison.Ordinal);
    }

    private string? Written(string message, bool? thinks)
    {
        string? prompt = probe.Render([TemplateProbe.UserMessage], withTools: true, generate: true, thinks: thinks);
        string? whole = probe.Render([TemplateProbe.UserMessage, message], withTools: true, thinks: thinks);
        int user = whole?.LastIndexOf(TemplateProbe.User, StringComparison.Ordinal) ?? -1;
        if (prompt is null || whole is null || user < 0)
        {
            return null;
        }

        (string header, string end) = PlainAnswer();
        int start = whole.StartsWith(prompt, StringComparison.Ordinal)
            ? prompt.Length
            : Math.Max(CommonText.AtStart(whole, header), user + TemplateProbe.User.Length);
        string written = Thinking().Replace(whole[start..], "");
        return WithoutEnd(written, end, [.. Tags(header[Math.Min(user, header.Length)..]), .. Tags(end)]);
    }

    // What stands before and after an answer of text.
    private (string Header, string End) PlainAnswer()
    {
        string? whole = probe.Render([TemplateProbe.UserMessage, TemplateProbe.Message("assistant", TemplateProbe.Quote(TemplateProbe.Answer))], withTools: true);
        int at = whole?.LastIndexOf(TemplateProbe.Answer, StringComparison.Ordinal) ?? -1;
        return at < 0 ? ("", "") : (whole![..at], whole[(at + TemplateProbe.Answer.Length)..]);
    }

    // What ends the turn is no part of the calls: what ends an answer of text too, and the tags that begin turns
    // and stand nowhere within a call.
    private static string WithoutEnd(string written, string end, IReadOnlyList<string> turns)
    {
        if (end.Length > 0 && written.EndsWith(end, StringComparison.Ordinal))
        {
            written = written[..^end.Length];
        }

        int last = s_marks.Max(mark => Math.Max(0, written.LastIndexOf(mark, StringComparison.Ordinal)));
        string before = written[..last];
        int turn = turns.Where(tag => !before.Contains(tag, StringComparison.Ordinal)).Select(tag => written.IndexOf(tag, last, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        return turn >= 0 ? written[..turn] : end.Length == 0 ? written : OtherEnd().Replace(written, "");
    }

    private static IEnumerable<string> Tags(string text) => Tag().Matches(text).Select(tag => tag.Value);

    [GeneratedRegex(@"^\s*(?:[<\[][^<>\[\]]*think[^<>\[\]]*[>\]]\s*)+", RegexOptions.IgnoreCase)]
    private static partial Regex Thinking();

    // A token of its own that ends an answer of calls.
    [GeneratedRegex(@"<[|｜](?!tool)[^<>|｜]*[|｜]>\s*$")]
    private static partial Regex OtherEnd();

    [GeneratedRegex(@"[<\[](?![^<>\[\]]*think)[^<>\[\]\s]+[>\]]", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();
}
