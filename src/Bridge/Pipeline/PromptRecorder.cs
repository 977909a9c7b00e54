using System.Diagnostics;
using Bridge.Experience;
using Bridge.Outcomes;
using Bridge.Prompts;
using Bridge.Proposing;
using Bridge.Shortlisting;
using Bridge.Telemetry;
using Bridge.Traffic;
using Microsoft.Extensions.Logging;

namespace Bridge.Pipeline;

/// <summary>What remains of a prompt when it is done: measurements, a line in the log, and, where it is wanted, the prompt itself and what it teaches.</summary>
internal sealed partial class PromptRecorder(ITrafficLog traffic, EarlierRequests earlier, ILogger<PromptPipeline> logger)
{
    /// <summary>Where the attempts of a prompt go.</summary>
    /// <param name="listener">Hears of each.</param>
    public AttemptLog Attempts(Action<BridgeEvent> listener) => new(logger, attempt => listener(new AttemptMade(attempt)));

    /// <summary>Records the end of a prompt.</summary>
    /// <param name="journey">Its way.</param>
    /// <param name="done">The prompt at its end.</param>
    /// <param name="activity">Its trace.</param>
    /// <param name="duration">How long it took.</param>
    public void Record(Journey journey, Prompt done, Activity? activity, TimeSpan duration)
    {
        ToolCalling calling = done.ToolCalling!;
        string outcome = OutcomeNames.Of(calling.Outcome);
        PipelineMetrics.Prompts.Add(1, new TagList { { "outcome", outcome } });
        PipelineMetrics.PromptDuration.Record(duration.TotalSeconds, new TagList { { "outcome", outcome } });
        activity?.SetTag("bridge.outcome", outcome).SetTag("bridge.calls", calling.Calls.Length);
        LogDone(calling.Outcome, calling.Calls.Length, calling.Attempts.Length, duration.TotalMilliseconds);

        // An answer from a recording or a schema says nothing of what is right.
        if (!journey.Context.Mock && journey is { Shown: Shortlist shown, Caller: string caller })
        {
            var finished = new FinishedPrompt(journey.Prompt, shown, caller, calling);
            traffic.Add(finished);
            earlier.Learn(finished);
        }
    }

    [LoggerMessage(EventId = 1000, EventName = "PromptDone", Level = LogLevel.Debug,
        Message = "Prompt: {Outcome}, {Calls} calls, {Attempts} attempts, {Milliseconds} ms.")]
    private partial void LogDone(PromptOutcome outcome, int calls, int attempts, double milliseconds);

    [LoggerMessage(EventId = 1001, EventName = "PromptFault", Level = LogLevel.Error, Message = "A prompt failed in Bridge itself ({Correlation}).")]
    public partial void Fault(string correlation, Exception error);
}
