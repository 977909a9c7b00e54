using System.Text.RegularExpressions;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests.Documentation;

/// <summary>One page for users.</summary>
/// <param name="Path">Its path from the repository's root.</param>
/// <param name="Text">Its text, with <c>\n</c> at the end of each line.</param>
internal sealed partial record Page(string Path, string Text)
{
    /// <summary>All pages but the changelog, which speaks of what was.</summary>
    public static IReadOnlyList<Page> All { get; } =
        [.. new[] { "README.md", "CONTRIBUTING.md", "docs/configuration.md", "docs/tools.md", "docs/decoding.md", "docs/engine.md", "docs/evaluation.md", "docs/quality.md", "docs/training.md", "docs/access.md", "docs/oauth.md", "docs/gateway.md", "docs/security.md", "docs/troubleshooting.md", "docs/decisions.md" }.Select(Read)];

    /// <summary>What the code marks enclose in sentences and tables.</summary>
    public IEnumerable<string> InlineCode => Inline().Matches(Fence().Replace(Text, "")).Select(match => match.Groups[1].Value);

    /// <summary>Reads a page.</summary>
    /// <param name="path">Its path from the repository's root.</param>
    public static Page Read(string path) =>
        new(path, File.ReadAllText(System.IO.Path.Combine(TestData.RepositoryRoot, path)).ReplaceLineEndings("\n"));

    /// <summary>The blocks of one language.</summary>
    /// <param name="language">What stands behind the fence.</param>
    public IEnumerable<string> Blocks(string language) =>
        Fence().Matches(Text).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value);

    [GeneratedRegex("^```(\\w*)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Inline();
}
