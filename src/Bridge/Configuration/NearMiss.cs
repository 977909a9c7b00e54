namespace Bridge.Configuration;

/// <summary>Finds what somebody probably meant.</summary>
public static class NearMiss
{
    /// <summary>The known word that a mistyped one is closest to.</summary>
    /// <param name="word">What was written.</param>
    /// <param name="known">What is allowed.</param>
    /// <returns>The closest known word; <see langword="null"/> when none is close.</returns>
    public static string? Of(string word, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(known);
        int most = Math.Max(1, word.Length / 3);
        return known
            .Select(candidate => (candidate, distance: Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(pair => pair.distance <= most)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        foreach ((int i, char l) in left.Index())
        {
            int[] current = new int[right.Length + 1];
            current[0] = i + 1;
            foreach ((int j, char r) in right.Index())
            {
                int replaced = previous[j] + (l == r ? 0 : 1);
                current[j + 1] = Math.Min(replaced, 1 + Math.Min(previous[j + 1], current[j]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
