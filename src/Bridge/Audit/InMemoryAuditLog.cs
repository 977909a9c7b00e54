using System.Collections.Immutable;

namespace Bridge.Audit;

/// <summary>Keeps the latest records in memory: for a bridge inside another program, without a data folder.</summary>
/// <param name="capacity">The most records that are kept; older ones go.</param>
public sealed class InMemoryAuditLog(int capacity = 1024) : IAuditLog
{
    private readonly Lock _gate = new();
    private readonly Queue<AuditRecord> _records = new();

    /// <summary>The records that are kept, oldest first.</summary>
    public ImmutableArray<AuditRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return [.. _records];
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(AuditRecord entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            while (_records.Count >= Math.Max(1, capacity))
            {
                _records.Dequeue();
            }

            _records.Enqueue(entry);
        }

        return ValueTask.CompletedTask;
    }
}
