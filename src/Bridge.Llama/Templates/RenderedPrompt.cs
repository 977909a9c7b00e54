using Bridge.Llama.Jinja;

namespace Bridge.Llama.Templates;

/// <summary>A conversation as a model reads it, each character with its origin.</summary>
internal sealed class RenderedPrompt
{
    private readonly TextValue _text;

    internal RenderedPrompt(TextValue text) => _text = text;

    /// <summary>The whole prompt.</summary>
    public string Text => _text.Value;

    /// <summary>The pieces of one origin each.</summary>
    public IEnumerable<PromptSegment> Segments =>
        _text.Runs.Select(run => new PromptSegment(Text.Substring(run.Start, run.Length), run.Origin));

    /// <summary>Takes the prompt apart at the control tokens that the template wrote.</summary>
    /// <remarks>
    /// What stands between two of them is one piece, whoever wrote it, so that it is tokenized as it was in training: only
    /// the tokens that were meant are cut out. A control token must be the template's from its first character to its last.
    /// </remarks>
    /// <param name="controlTokens">The texts of the vocabulary's control tokens.</param>
    /// <returns>The pieces, in order.</returns>
    public IReadOnlyList<PromptPiece> Split(IEnumerable<string> controlTokens)
    {
        ILookup<char, string> tokens = controlTokens.Where(token => token.Length > 0)
            .OrderByDescending(token => token.Length).ToLookup(token => token[0]);
        var pieces = new List<PromptPiece>();
        int from = 0;
        foreach (TextRun run in _text.Runs.Where(run => run.Origin == TextOrigin.Template))
        {
            int end = run.Start + run.Length;
            for (int at = run.Start; at < end;)
            {
                string? token = tokens[Text[at]].FirstOrDefault(token => Text.AsSpan(at, end - at).StartsWith(token, StringComparison.Ordinal));
                if (token is null)
                {
                    at++;
                    continue;
                }

                AddText(pieces, from, at);
                pieces.Add(new PromptPiece(token, IsControl: true));
                at += token.Length;
                from = at;
            }
        }

        AddText(pieces, from, Text.Length);
        return pieces;
    }

    private void AddText(List<PromptPiece> pieces, int from, int to)
    {
        if (to > from)
        {
            pieces.Add(new PromptPiece(Text[from..to], IsControl: false));
        }
    }
}
