using System.Buffers;
using System.Threading.Channels;
using Bridge.Configuration;
using Bridge.Redaction;
using Bridge.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Traffic;

/// <summary>Append-only segments of JSON Lines in the data folder, one writer each, deleted by age: <c>traffic/traffic-YYYYMMDD-N.jsonl</c>.</summary>
/// <remarks>
/// Prompts wait in a short queue for the one task that writes. A line is one unbuffered write, so what was written survives the
/// death of the process; what waited is lost with it. Nothing is opened while <c>Bridge:Learning:Record</c> is off.
/// </remarks>
public sealed class JsonLinesTrafficLog : ITrafficLog, IDisposable, IAsyncDisposable
{
    /// <summary>The longest line: a prompt with more is not kept.</summary>
    internal const int MaxLine = 1024 * 1024;

    private const int MostWaiting = 256;
    private const int Segments = 8;
    private const long LargestSegment = 4 * 1024 * 1024;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly Channel<(FinishedPrompt Prompt, DateTimeOffset Time)> _waiting =
        Channel.CreateBounded<(FinishedPrompt, DateTimeOffset)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });

    private readonly DataFolder _folder;
    private readonly IOptionsMonitor<BridgeOptions> _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Lazy<Task> _writing;
    private int _dropped;
    private (BridgeOptions Options, SecretRedactor Redactor)? _redaction;

    /// <summary>Makes a log.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="options">Whether prompts are kept, and how many bytes of them.</param>
    /// <param name="clock">Tells when a prompt ended.</param>
    /// <param name="logger">Where it says what was not kept.</param>
    public JsonLinesTrafficLog(DataFolder folder, IOptionsMonitor<BridgeOptions> options, TimeProvider clock, ILogger<JsonLinesTrafficLog> logger)
    {
        (_folder, _options, _clock, _logger) = (folder, options, clock, logger);
        _writing = new Lazy<Task>(() => Task.Run(WriteAllAsync));
    }

    /// <inheritdoc/>
    public void Add(FinishedPrompt prompt)
    {
        if (!_options.CurrentValue.Learning.Record)
        {
            return;
        }

        if (!_waiting.Writer.TryWrite((prompt, _clock.GetUtcNow())))
        {
            Interlocked.Increment(ref _dropped);
        }

        _ = _writing.Value;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<KeptPrompt> ReadAsync(CancellationToken cancellationToken) => new TrafficReader(_folder).ReadAsync(cancellationToken);

    /// <summary>Writes what waits, for a few seconds at the most.</summary>
    public void Dispose()
    {
        _waiting.Writer.TryComplete();
        if (_writing.IsValueCreated)
        {
            _writing.Value.Wait(s_patience);
            TellDropped(_waiting.Reader.Count);
        }
    }

    /// <summary>Writes what waits, for a few seconds at the most.</summary>
    /// <returns>When it is written.</returns>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_writing.IsValueCreated)
        {
            await Task.WhenAny(_writing.Value, Task.Delay(s_patience, TimeProvider.System)).ConfigureAwait(false);
            TellDropped(_waiting.Reader.Count);
        }
    }

    private async Task WriteAllAsync()
    {
        var line = new ArrayBufferWriter<byte>();
        using var segment = new SegmentWriter(_folder, _clock, TrafficSegments.Names, Math.Min(LargestSegment, _options.CurrentValue.Learning.MaxBytes / Segments), Begin);
        await foreach ((FinishedPrompt prompt, DateTimeOffset time) in _waiting.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            line.ResetWrittenCount();
            try
            {
                TrafficLine.Write(line, prompt, time, Redactor());
                Append(segment, line.WrittenSpan);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidOperationException or ArgumentException)
            {
                _logger.TrafficNotWritten(error.Message);
            }

            TellDropped(Interlocked.Exchange(ref _dropped, 0));
        }
    }

    private void TellDropped(int count)
    {
        if (count > 0)
        {
            _logger.TrafficDropped(count);
        }
    }

    // Compiling its patterns takes longer than using them.
    private SecretRedactor Redactor()
    {
        BridgeOptions options = _options.CurrentValue;
        if (_redaction?.Options != options)
        {
            _redaction = (options, new SecretRedactor(options.Redaction.Patterns));
        }

        return _redaction.Value.Redactor;
    }

    private void Append(SegmentWriter segment, ReadOnlySpan<byte> line)
    {
        if (line.Length > MaxLine)
        {
            _logger.TrafficNotWritten($"With its tools it has {line.Length} bytes, and {MaxLine} are allowed.");
            return;
        }

        segment.Append(line, fsync: false);
    }

    // What the new segment may grow to is put aside before it is written.
    private void Begin(string segment)
    {
        long most = _options.CurrentValue.Learning.MaxBytes;
        int gone = TrafficSegments.MakeRoom(_folder, segment, most - Math.Min(LargestSegment, most / Segments));
        _logger.TrafficSegmentOpened(segment, gone);
    }
}
