using System.Collections.Immutable;
using System.Runtime.CompilerServices;

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
        var newest = new PriorityQueue<AuditRecord, DateTimeOffset>();
        long matched = 0;
        await foreach (AuditRecord entry in AllAsync(cancellationToken).ConfigureAwait(false))
        {
            matched++;
            newest.Enqueue(entry, entry.Time);
            if (newest.Count > limit)
            {
                newest.Dequeue();
            }
        }

        return new AuditPage([.. newest.UnorderedItems.OrderBy(item => item.Priority).Select(item => item.Element)], matched);
    }

    /// <summary>Sums calls up.</summary>
    /// <param name="key">What calls have in common that are summed up together, such as their tool; calls without it are left out.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The sums, most calls first. Memory grows with their number, not with the audit.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public async Task<ImmutableArray<CallStatistics>> SumAsync(Func<AuditRecord, string?> key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var sums = new Dictionary<string, CallTally>(StringComparer.Ordinal);
        await foreach (AuditRecord entry in AllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (key(entry) is { } name)
            {
                if (!sums.TryGetValue(name, out CallTally? tally))
                {
                    sums.Add(name, tally = new CallTally(name));
                }

                tally.Add(entry);
            }
        }

        return [.. sums.Values.Select(tally => tally.ToStatistics()).OrderByDescending(sum => sum.Calls).ThenBy(sum => sum.Name, StringComparer.Ordinal)];
    }

    /// <summary>Finds the calls that ended or were refused since the last search.</summary>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The calls in the order written.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public IAsyncEnumerable<AuditRecord> NextAsync(CancellationToken cancellationToken) =>
        reader.ReadAsync(cancellationToken).Where(entry => entry.Event != AuditEvents.Started && filter.Matches(entry));

    // Ends and refusals in the order written, then the starts that have no end.
    private async IAsyncEnumerable<AuditRecord> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var unfinished = new Dictionary<string, AuditRecord>(StringComparer.Ordinal);
        await foreach (AuditRecord entry in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (entry.Event == AuditEvents.Started)
            {
                unfinished[entry.ExecutionId] = entry;
                continue;
            }

            unfinished.Remove(entry.ExecutionId);
            if (filter.Matches(entry))
            {
                yield return entry;
            }
        }

        foreach (AuditRecord entry in unfinished.Values.Where(filter.Matches))
        {
            yield return entry;
        }
    }
}

/// <summary>What a search of the audit found.</summary>
/// <param name="Calls">The newest calls, oldest first.</param>
/// <param name="Matched">How many calls fit the filter in all.</param>
public sealed record AuditPage(ImmutableArray<AuditRecord> Calls, long Matched);
