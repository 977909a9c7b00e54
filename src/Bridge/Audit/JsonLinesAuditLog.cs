using System.Buffers;
using System.Text.Json;
using Bridge.Configuration;
using Bridge.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Audit;

/// <summary>Append-only segments of JSON Lines in the data folder, one writer each: <c>audit/audit-YYYYMMDD-N.jsonl</c>.</summary>
/// <remarks>
/// A record is one unbuffered write, so it is the kernel's when the write returns and survives the death of the process; with
/// <c>Bridge:Audit:Fsync</c> it survives the death of the machine too. Two processes never write one segment.
/// </remarks>
public sealed class JsonLinesAuditLog : IAuditLog, IDisposable
{
    private readonly Lock _gate = new();
    private readonly ArrayBufferWriter<byte> _line = new(512);
    private readonly Utf8JsonWriter _json;
    private readonly SegmentWriter _segment;
    private readonly IOptionsMonitor<BridgeOptions> _options;

    /// <summary>Makes a log; nothing is opened before the first record.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="options">Whether records are forced to the disk.</param>
    /// <param name="clock">Tells the day a segment is named for.</param>
    /// <param name="logger">Where new segments are named.</param>
    public JsonLinesAuditLog(
        DataFolder folder, IOptionsMonitor<BridgeOptions> options, TimeProvider clock, ILogger<JsonLinesAuditLog> logger)
        : this(folder, options, clock, logger, SegmentWriter.DefaultSize)
    {
    }

    /// <summary>The same with segments of another size.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="options">Whether records are forced to the disk.</param>
    /// <param name="clock">Tells the day.</param>
    /// <param name="logger">Where new segments are named.</param>
    /// <param name="segmentSize">How large a segment grows before the next begins, in bytes.</param>
    internal JsonLinesAuditLog(
        DataFolder folder,
        IOptionsMonitor<BridgeOptions> options,
        TimeProvider clock,
        ILogger<JsonLinesAuditLog> logger,
        long segmentSize)
    {
        _options = options;
        _segment = new SegmentWriter(folder, clock, AuditSegments.Names, segmentSize, logger.SegmentOpened);
        _json = new Utf8JsonWriter(_line);
    }

    /// <inheritdoc/>
    public ValueTask WriteAsync(AuditRecord entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool fsync = _options.CurrentValue.Audit.Fsync;
        lock (_gate)
        {
            _line.ResetWrittenCount();
            _json.Reset();
            JsonSerializer.Serialize(_json, entry, AuditJsonContext.Default.AuditRecord);
            _json.Flush();
            _line.Write("\n"u8);
            _segment.Append(_line.WrittenSpan, fsync);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _segment.Dispose();
            _json.Dispose();
        }
    }
}
