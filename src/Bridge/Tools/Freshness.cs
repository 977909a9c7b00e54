namespace Bridge.Tools;

/// <summary>How long a list holds, as its source says; a source that does not say holds until it tells of a change.</summary>
/// <param name="Until">Until when whoever has it need not ask again.</param>
/// <param name="RenewAt">From when on Bridge asks again when the list is needed; <see langword="null"/> when the source tells of changes.</param>
public sealed record Freshness(DateTimeOffset Until, DateTimeOffset? RenewAt)
{
    /// <summary>That of several lists together: the earliest times.</summary>
    /// <param name="lists">Those of the lists; <see langword="null"/> for one that holds until its source tells of a change.</param>
    /// <returns>The earliest; <see langword="null"/> when none says any.</returns>
    public static Freshness? Least(IEnumerable<Freshness?> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        Freshness? least = null;
        foreach (Freshness one in lists.OfType<Freshness>())
        {
            least = least is null ? one : new Freshness(one.Until < least.Until ? one.Until : least.Until, Earlier(one.RenewAt, least.RenewAt));
        }

        return least;
    }

    /// <summary>Whether it is to be asked for again.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Whether it is.</returns>
    public bool IsOver(DateTimeOffset now) => RenewAt <= now;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other ?? one : one;
}
