using System.Runtime.CompilerServices;
using System.Text.Json;
using Bridge.Storage;

namespace Bridge.Audit;

/// <summary>Reads the audit of a data folder while others write it.</summary>
/// <param name="folder">The data folder.</param>
public sealed class AuditReader(DataFolder folder)
{
    /// <summary>How many lines could not be read so far: half lines of processes that died while they wrote, or foreign ones.</summary>
    public int UnreadableLines { get; private set; }

    /// <summary>Streams the records, segment by segment, oldest segment first; within a segment in the order written.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The records; lines that cannot be read are counted and left out.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public async IAsyncEnumerable<AuditRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] segments = [.. AuditSegment.InOrder(folder.Folder("audit"))];
        foreach (string path in segments)
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream);
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (Parse(line) is { } entry)
                {
                    yield return entry;
                }
                else
                {
                    UnreadableLines++;
                }
            }
        }
    }

    private static AuditRecord? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AuditJsonContext.Default.AuditRecord);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
