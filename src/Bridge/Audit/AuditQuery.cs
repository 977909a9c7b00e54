using System.Collections.Immutable;

namespace Bridge.Audit;

/// <summary>Finds calls in the audit: one record for each, its end or refusal, or its start while it has no end.</summary>
/// <param name="reader">Reads the audit.</param>
/// <param name="filter">Which calls are wanted.</param>
public sealed class AuditQuery(AuditReader reader, AuditFilter filter)
{
    /// <summary>Finds the newest calls.</summary>
    /// <param name="limit">How many at the most.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The calls, oldest first, and how many there are in all. Memory grows with the limit, not with the audit.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public async Task<AuditPage> NewestAsync(int limit, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        var unfinished = new Dictionary<string, AuditRecord>(StringComparer.Ordinal);
        var newest = new PriorityQueue<AuditRecord, DateTimeOffset>();
        long matched = 0;
        await foreach (AuditRecord entry in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Event == AuditEvents.Started)
            {
                unfinished[entry.ExecutionId] = entry;
            }
            else
            {
                unfinished.Remove(entry.ExecutionId);
                Keep(entry);
            }
        }

        foreach (AuditRecord entry in unfinished.Values)
        {
            Keep(entry);
        }

        return new AuditPage([.. newest.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)], matched);

        void Keep(AuditRecord entry)
        {
            if (!filter.Matches(entry))
            {
                return;
            }

            matched++;
            newest.Enqueue(entry, entry.Time);
            if (newest.Count > limit)
            {
                newest.Dequeue();
            }
        }
    }

    /// <summary>Finds the calls that ended or were refused since the last search.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The calls in the order written.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public IAsyncEnumerable<AuditRecord> NextAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync(cancellationToken).Where(entry => entry.Event != AuditEvents.Started && filter.Matches(entry));
}

/// <summary>What a search of the audit found.</summary>
/// <param name="Calls">The newest calls, oldest first.</param>
/// <param name="Matched">How many calls fit the filter in all.</param>
public sealed record AuditPage(ImmutableArray<AuditRecord> Calls, long Matched);
