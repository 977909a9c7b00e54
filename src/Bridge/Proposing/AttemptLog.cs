using System.Collections.Immutable;
using System.Diagnostics;
using Bridge.Outcomes;
using Bridge.Telemetry;
using Microsoft.Extensions.Logging;

namespace Bridge.Proposing;

/// <summary>Every attempt for one prompt: in the outcome, to the listener, in the log, in the metrics.</summary>
internal sealed partial class AttemptLog(ILogger logger, Action<AttemptRecord> listener)
{
    private readonly ImmutableArray<AttemptRecord>.Builder _records = ImmutableArray.CreateBuilder<AttemptRecord>(1);

    public ImmutableArray<AttemptRecord> Records => _records.ToImmutable();

    public void Add(AttemptRecord record)
    {
        _records.Add(record);
        ProposingMetrics.Attempts.Add(1, new TagList { { "caller", record.Caller }, { "result", OutcomeNames.Of(record.Result) } });
        ProposingMetrics.AttemptDuration.Record(record.Duration.TotalSeconds, new TagList { { "caller", record.Caller } });
        if (record.Errors.IsEmpty)
        {
            LogAttempt(record.Caller, record.Number, record.Result, record.Duration.TotalMilliseconds);
        }
        else
        {
            LogRejected(record.Caller, record.Number, record.Result, record.Errors.Length, record.Duration.TotalMilliseconds);
        }

        listener(record);
    }

    [LoggerMessage(EventId = 1100, EventName = "AttemptMade", Level = LogLevel.Debug,
        Message = "Tool caller '{Caller}', attempt {Number}: {Result} after {Milliseconds} ms.")]
    private partial void LogAttempt(string caller, int number, AttemptResult result, double milliseconds);

    [LoggerMessage(EventId = 1101, EventName = "AttemptRejected", Level = LogLevel.Information,
        Message = "Tool caller '{Caller}', attempt {Number}: {Result}, {Errors} errors, after {Milliseconds} ms.")]
    private partial void LogRejected(string caller, int number, AttemptResult result, int errors, double milliseconds);
}
