using Bridge.Schemas.Json;

namespace Bridge.Schemas.Validation;

/// <summary>Finds the name that was probably meant.</summary>
internal static class NearMiss
{
    private const int MaxLength = 64;
    private const int MaxListed = 20;
    private const int MaxCandidates = 200;

    /// <summary>The candidate that equals a name but for case, separators or one or two typing errors; <see langword="null"/> when none does.</summary>
    public static string? Find(string name, IReadOnlyList<string> candidates)
    {
        string? best = null;
        int bestDistance = int.MaxValue;
        foreach (string candidate in candidates.Take(MaxCandidates))
        {
            int distance = string.Equals(Bare(candidate), Bare(name), StringComparison.OrdinalIgnoreCase) ? 0 : Distance(name, candidate);
            int allowed = Math.Min(name.Length, candidate.Length) switch { < 3 => 0, < 6 => 1, _ => 2 };
            if (distance <= allowed && distance < bestDistance)
            {
                (best, bestDistance) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary>Names as a list, cut when it is long.</summary>
    public static string List(IReadOnlyList<string> names, string quote)
    {
        string list = string.Join(", ", names.Take(MaxListed).Select(name => $"{quote}{JsonText.Cap(name)}{quote}"));
        return names.Count > MaxListed ? $"{list} and {names.Count - MaxListed} more" : list;
    }

    private static string Bare(string name) =>
        name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);

    /// <summary>The edit distance of Damerau and Levenshtein, neighbours swapped counting once.</summary>
    private static int Distance(string left, string right)
    {
        if (left.Length > MaxLength || right.Length > MaxLength || Math.Abs(left.Length - right.Length) > 2)
        {
            return int.MaxValue;
        }

        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
        {
            for (int j = 0; j <= right.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    cost[i, j] = i + j;
                    continue;
                }

                int change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[left.Length, right.Length];
    }
}
