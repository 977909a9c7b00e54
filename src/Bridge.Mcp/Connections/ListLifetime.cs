using System.Text.Json;
using Bridge.Tools;

namespace Bridge.Mcp.Connections;

/// <summary>How long lists hold (<c>ttlMs</c> of 2026-07-28): every page says it for itself, and the whole holds as long as its shortest.</summary>
/// <param name="tellsOfChanges">Whether the server tells when the list changes.</param>
internal sealed class ListLifetime(bool tellsOfChanges)
{
    /// <summary>How long nobody asks again, whatever a server says: many say 0 of lists that never change.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(5);

    /// <summary>How long a client waits for a list to be renewed: then it sees the list of before, old rather than late.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const string Member = "ttlMs";

    private static readonly TimeSpan s_most = TimeSpan.FromDays(1);

    private Freshness? _least;

    /// <summary>Takes in a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="now">When it came.</param>
    public void Add(JsonElement page, DateTimeOffset now)
    {
        if (page.ValueKind == JsonValueKind.Object && page.TryGetProperty(Member, out JsonElement given) && given.ValueKind == JsonValueKind.Number)
        {
            TimeSpan holds = given.TryGetDouble(out double ms) && ms > 0 ? TimeSpan.FromMilliseconds(Math.Min(ms, s_most.TotalMilliseconds)) : TimeSpan.Zero;
            bool told = holds == TimeSpan.Zero && tellsOfChanges; // to ask each time would tell nothing more
            _least = Freshness.Least([_least, new Freshness(now + holds, told ? null : now + (holds > Least ? holds : Least))]);
        }
    }

    /// <summary>That of the whole list.</summary>
    /// <returns>It; <see langword="null"/> when no page says any.</returns>
    public Freshness? Whole() => _least;
}
