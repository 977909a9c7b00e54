using System.Buffers;

namespace Bridge.Linting;

/// <summary>What is wrong with the name of a tool.</summary>
internal static class NameRules
{
    private const int MaxLength = 64;
    private static readonly SearchValues<char> s_portable = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    public static IEnumerable<LintFinding> Check(ToolDefinition tool, ToolDefinition? twin)
    {
        if (string.IsNullOrEmpty(tool.Name))
        {
            yield return new LintFinding(LintLevel.Error, "no-name", null, "The tool has no name.", "Give it a 'name' of 1 to 64 letters, digits, '_' or '-'.");
            yield break;
        }

        if (twin is not null)
        {
            yield return new LintFinding(
                LintLevel.Error, "duplicate-name", null, $"Another tool{(twin.Place is { } place ? $" ({place})" : "")} has the name '{tool.Name}' too.",
                "Rename one; only one of them can be called.");
        }

        if (InvisibleText.Find(tool.Name) is { } invisible)
        {
            yield return new LintFinding(
                LintLevel.Error, "invisible-character", null, $"The name holds {invisible}, which nobody sees.", "Take it out: two names that look alike must be alike.");
        }
        else if (InvisibleText.FindLookalike(tool.Name) is { } lookalike)
        {
            yield return new LintFinding(
                LintLevel.Error, "lookalike-letter", null, $"The name mixes Latin letters with {lookalike}, which looks like one.", "Write the name in one script; ASCII is safest.");
        }

        if (tool.Name.Length > MaxLength || tool.Name.AsSpan().ContainsAnyExcept(s_portable))
        {
            yield return new LintFinding(
                LintLevel.Warning, "name-not-portable", null,
                $"Model APIs take names of 1 to {MaxLength} ASCII letters, digits, '_' and '-'; '{tool.Name}' {(tool.Name.Length > MaxLength ? $"has {tool.Name.Length} characters" : "has others")}.",
                "Rename it; until then Bridge calls it by another name on such wires.");
        }

        if (tool.Name.Contains("__", StringComparison.Ordinal))
        {
            yield return new LintFinding(
                LintLevel.Note, "double-underscore", null, "The name holds '__', with which gateways part server and tool.",
                "Prefer '_': some gateways split such names at the wrong place. Bridge does not split names.");
        }
    }
}
