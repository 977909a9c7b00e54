namespace Bridge.Audit;

/// <summary>Where every call is recorded. Thread-safe.</summary>
public interface IAuditLog
{
    /// <summary>Appends a record.</summary>
    /// <param name="entry">The record.</param>
    /// <param name="cancellationToken">Gives up before anything is written.</param>
    /// <returns>When the record can no longer be lost by the death of this process.</returns>
    /// <exception cref="IOException">The record was not written; a call that is about to start then does not run.</exception>
    ValueTask WriteAsync(AuditRecord entry, CancellationToken cancellationToken);
}
