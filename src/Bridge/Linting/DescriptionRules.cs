namespace Bridge.Linting;

/// <summary>What is wrong with what a tool says it does.</summary>
internal static class DescriptionRules
{
    /// <summary>The longest description that every model API takes.</summary>
    public const int MaxLength = 1024;

    public static IEnumerable<LintFinding> Check(ToolDefinition tool)
    {
        if (string.IsNullOrWhiteSpace(tool.Description))
        {
            yield return new LintFinding(
                LintLevel.Warning, "no-description", null, "The tool does not say what it does.", "Describe in a sentence what it does and when to call it: models choose by it.");
            yield break;
        }

        if (tool.Description.Length > MaxLength)
        {
            yield return new LintFinding(
                LintLevel.Warning, "long-description", null,
                $"The description has {tool.Description.Length} characters; some model APIs take at most {MaxLength}.", "Shorten it, or move what concerns one parameter to that parameter.");
        }

        if (InvisibleText.Find(tool.Description, isName: false) is { } invisible)
        {
            yield return new LintFinding(
                LintLevel.Error, "invisible-character", null, $"The description holds {invisible}, which people do not see but models read.",
                "Take it out; hidden text is how tools are made to mislead models.");
        }
    }
}
