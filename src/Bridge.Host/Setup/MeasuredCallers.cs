using Bridge.Profiles;

namespace Bridge.Host.Setup;

/// <summary>Finds the measured tool caller that a file is, though files and Ollama spell names otherwise: <c>Qwen2.5-0.5B-Instruct-Q4_K_M</c> is <c>qwen2.5:0.5b</c>.</summary>
internal static class MeasuredCallers
{
    /// <summary>The place of a model among the measured ones.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The place, 1 the best; <see langword="null"/> when it was not measured.</returns>
    public static int? RankOf(string name)
    {
        string letters = Letters(name);
        return ProfileTable.BuiltIn.Profiles
            .Where(profile => letters.StartsWith(Letters(profile.Match), StringComparison.OrdinalIgnoreCase))
            .Min(profile => profile.Rank);
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit));
}
