using System.Collections.Immutable;

namespace Bridge.TextCalls;

/// <summary>Reads calls that a model wrote as text in its answer.</summary>
/// <remarks>
/// Conservative: only names that were offered count, one format per answer, thinking is ignored, and what merely
/// repeats a message of the conversation word for word is a quotation. Bounded in time by the length of the answer.
/// Give it answers of the model only, never what a user or a tool wrote.
/// </remarks>
public static class TextCallParser
{
    /// <summary>Calls are looked for in so many characters of an answer.</summary>
    public const int MaxLength = 256 * 1024;

    // The more explicit comes first, and the first that finds calls is the only one that counts.
    private static readonly ImmutableArray<ITextCallFormat> s_formats =
    [
        new TaggedCallFormat(), new FunctionTagFormat(), new PythonTagFormat(), new MistralCallFormat(),
        new FencedCallFormat(), new BareJsonFormat(), new PythonCallFormat(),
    ];

    /// <summary>Finds the calls of an answer.</summary>
    /// <param name="answer">What the model wrote.</param>
    /// <param name="names">The names of the tools it was offered.</param>
    /// <param name="quoted">The texts of the conversation: a call that stands in one of them word for word is a quotation.</param>
    /// <returns>The calls, in the order written.</returns>
    public static TextCallResult Parse(string answer, IReadOnlySet<string> names, params IReadOnlyList<string> quoted)
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(quoted);
        string text = Thinking.Remove(answer.Length > MaxLength ? answer[..MaxLength] : answer);
        string? malformed = null;
        foreach (ITextCallFormat format in s_formats)
        {
            var found = new TextCallSink(names);
            format.Find(text, found);
            malformed ??= found.Malformed;
            if (found.Calls.Count > 0)
            {
                return WithoutQuotations(found.Calls, quoted);
            }
        }

        return malformed is null ? TextCallResult.None : TextCallResult.None with { Malformed = malformed };
    }

    private static TextCallResult WithoutQuotations(IReadOnlyList<TextCall> calls, IReadOnlyList<string> quoted)
    {
        ImmutableArray<TextCall> kept =
            [.. calls.Where(call => !quoted.Any(text => text.Contains(call.Source, StringComparison.Ordinal)))];
        return new TextCallResult(kept)
        {
            Malformed = kept.IsEmpty ? $"it repeats the call of '{calls[0].Name}' that stands in the conversation" : null,
        };
    }
}
