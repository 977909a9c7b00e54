using Bridge.Outcomes;

namespace Bridge.Audit;

/// <summary>Sums calls up in room that does not grow with their number. Not thread-safe.</summary>
/// <param name="name">What they have in common.</param>
internal sealed class CallTally(string name)
{
    // Each step is a twentieth longer than the one before: from a microsecond to a day.
    private const double Step = 1.05;
    private const double Least = 0.001;
    private const int Steps = 516;

    private static readonly string s_succeeded = OutcomeNames.Of(CallStatus.Succeeded);
    private static readonly string s_toolError = OutcomeNames.Of(CallStatus.ToolError);

    private readonly int[] _times = new int[Steps];
    private long _calls;
    private long _succeeded;
    private long _toolErrors;
    private long _failed;
    private long _refused;
    private long _unfinished;
    private long _timed;
    private DateTimeOffset _last;

    /// <summary>Adds a call.</summary>
    /// <param name="entry">The record that says how it stands.</param>
    public void Add(AuditRecord entry)
    {
        _calls++;
        _last = entry.Time > _last ? entry.Time : _last;
        if (entry.Event == AuditEvents.Started)
        {
            _unfinished++;
        }
        else if (entry.Event == AuditEvents.Refused)
        {
            _refused++;
        }
        else if (entry.Status == s_succeeded)
        {
            _succeeded++;
        }
        else if (entry.Status == s_toolError)
        {
            _toolErrors++;
        }
        else
        {
            _failed++;
        }

        if (entry.Event == AuditEvents.Ended && entry.DurationMs is { } took)
        {
            _timed++;
            _times[StepOf(took)]++;
        }
    }

    /// <summary>The sums.</summary>
    public CallStatistics ToStatistics() => new(name, _calls)
    {
        Succeeded = _succeeded,
        ToolErrors = _toolErrors,
        Failed = _failed,
        Refused = _refused,
        Unfinished = _unfinished,
        MedianMs = At(0.5),
        P95Ms = At(0.95),
        Last = _last,
    };

    private static int StepOf(double milliseconds) =>
        Math.Clamp((int)Math.Round(Math.Log(Math.Max(milliseconds, Least) / Least, Step)), 0, Steps - 1);

    private double? At(double share)
    {
        long below = (long)Math.Ceiling(share * _timed);
        for (int step = 0; step < Steps && _timed > 0; step++)
        {
            below -= _times[step];
            if (below <= 0)
            {
                return Least * Math.Pow(Step, step);
            }
        }

        return null;
    }
}
