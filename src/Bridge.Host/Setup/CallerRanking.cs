using System.IO.Enumeration;

namespace Bridge.Host.Setup;

/// <summary>The models measured as tool callers, the best value first.</summary>
internal static class CallerRanking
{
    private static readonly string[] s_patterns =
        ["llama3-groq-tool-use*", "qwen2.5:0.5b*", "qwen3:0.6b*", "cogito:3b*", "hermes3:3b*", "llama3.2:3b*"];

    /// <summary>Their names, for people.</summary>
    public static IEnumerable<string> Names => s_patterns.Select(pattern => pattern.TrimEnd('*'));

    /// <summary>The best of the models there are.</summary>
    /// <param name="models">The models.</param>
    /// <returns>The name of one; <see langword="null"/> when none was measured.</returns>
    public static string? Best(IReadOnlyCollection<string> models) => s_patterns
        .Select(pattern => models.FirstOrDefault(model => FileSystemName.MatchesSimpleExpression(pattern, model)))
        .OfType<string>()
        .FirstOrDefault();
}
