using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Bridge.Storage;

namespace Bridge.Traffic;

/// <summary>Reads kept prompts while others are written. Not thread-safe.</summary>
/// <param name="folder">The data folder.</param>
public sealed class TrafficReader(DataFolder folder)
{
    /// <summary>Prompts that ended before are left out.</summary>
    /// <value>The default is all that are kept.</value>
    public DateTimeOffset Since { get; init; }

    /// <summary>How many lines could not be read: half lines of processes that died while they wrote, or foreign ones.</summary>
    public int UnreadableLines { get; private set; }

    /// <summary>Reads kept prompts, oldest segment first; within a segment in the order written.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each prompt and where it lies, as <c>SEGMENT, line N</c>.</returns>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public async IAsyncEnumerable<KeptPrompt> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // A segment is named for the day of its writer's clock, which may lag behind the clock of the record.
        DateOnly from = Since.UtcDateTime > DateTime.MinValue.AddDays(1) ? DateOnly.FromDateTime(Since.UtcDateTime).AddDays(-1) : DateOnly.MinValue;
        foreach (string path in TrafficSegments.Names.InOrder(folder.Folder(TrafficSegments.Names.Kind), from).ToArray())
        {
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var lines = new StreamReader(stream, Encoding.UTF8);
            for (int number = 1; await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
            {
                if (Parse(line) is not { } kept)
                {
                    UnreadableLines++;
                }
                else if (kept.Time >= Since)
                {
                    yield return new KeptPrompt($"{Path.GetFileName(path)}, line {number}", kept.Time, kept.Json);
                }
            }
        }
    }

    private static (DateTimeOffset Time, JsonElement Json)? Parse(string line)
    {
        try
        {
            JsonElement json = JsonElement.Parse(line);
            return json.ValueKind == JsonValueKind.Object
                && json.TryGetProperty("time", out JsonElement time) && time.TryGetDateTimeOffset(out DateTimeOffset ended)
                ? (ended, json)
                : null;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
