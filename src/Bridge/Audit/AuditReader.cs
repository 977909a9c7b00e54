using System.Runtime.CompilerServices;
using Bridge.Storage;

namespace Bridge.Audit;

/// <summary>Reads the audit of a data folder while others write it. Not thread-safe.</summary>
/// <param name="folder">The data folder.</param>
public sealed class AuditReader(DataFolder folder)
{
    private readonly Dictionary<string, SegmentReader> _segments = new(StringComparer.Ordinal);

    /// <summary>Segments of earlier days are not opened.</summary>
    /// <value>The default is all days. Records of the day itself that are older are read all the same.</value>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many lines could not be read so far: half lines of processes that died while they wrote, or foreign ones.</summary>
    public int UnreadableLines => _segments.Values.Sum(segment => segment.UnreadableLines);

    /// <summary>Where lines could not be read: the segment, and the number of its first such line, from 1.</summary>
    public IEnumerable<(string Segment, int Line)> Damage => _segments
        .Where(segment => segment.Value.FirstUnreadable is not null)
        .Select(segment => (Path.GetFileName(segment.Key), segment.Value.FirstUnreadable!.Value));

    /// <summary>Streams the records that the last reading did not find, segment by segment, oldest segment first; within a segment in the order written.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records; lines that cannot be read are counted and left out.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public async IAsyncEnumerable<AuditRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A segment is named for the day of its writer's clock, which may lag behind the clock of the record.
        DateOnly from = Since.UtcDateTime > DateTime.MinValue.AddDays(1) ? DateOnly.FromDateTime(Since.UtcDateTime).AddDays(-1) : DateOnly.MinValue;
        string[] paths = [.. AuditSegments.Names.InOrder(folder.Folder(AuditSegments.Names.Kind), from)];
        foreach (string path in paths)
        {
            if (!_segments.TryGetValue(path, out SegmentReader? segment))
            {
                _segments.Add(path, segment = new SegmentReader(path));
            }

            await foreach (AuditRecord entry in segment.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }
        }
    }
}
