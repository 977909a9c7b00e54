namespace Bridge.Linting;

/// <summary>Whether a tool takes too much of a model's context.</summary>
internal static class SizeRules
{
    private const int ManyTokens = 2_000;

    public static IEnumerable<LintFinding> Check(LintedTool tool)
    {
        if (tool.Definition is { Tokens: > ManyTokens } size)
        {
            yield return new LintFinding(
                LintLevel.Note, "large-definition", null,
                $"The definition takes about {size.Tokens} tokens of every prompt that offers it{(tool.Signature is { } signature ? $", its signature about {signature.Tokens}" : "")}.",
                "Shorten descriptions, or split the tool.");
        }
    }
}
