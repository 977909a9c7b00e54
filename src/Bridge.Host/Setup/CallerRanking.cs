using System.IO.Enumeration;
using Bridge.Profiles;

namespace Bridge.Host.Setup;

/// <summary>The models measured as tool callers, the best value first.</summary>
internal static class CallerRanking
{
    private static readonly string[] s_patterns =
        [.. BuiltInProfiles.All.Where(profile => profile.Rank is not null).OrderBy(profile => profile.Rank).Select(profile => profile.Match)];

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
