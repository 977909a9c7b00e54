using System.Diagnostics;
using System.Text.Json;
using Bridge.Evaluation.Predictions;
using Bridge.Evaluation.Records;
using Bridge.Outcomes;
using Bridge.Pipeline;

namespace Bridge.Evaluation.Running;

/// <summary>Asks a tool caller for the calls of records, as prompts do; nothing is executed.</summary>
/// <param name="proposer">Asks the caller.</param>
/// <param name="caller">The caller, such as <c>embedded</c> or <c>ollama/qwen3:0.6b</c>.</param>
public sealed class EvalRunner(ToolProposer proposer, string caller)
{
    // One such answer may pass; a row of them says that nobody is there.
    private const int MaxUnavailable = 3;

    private int _unavailable;

    /// <summary>Whether calls count whatever their confidence: to learn what thresholds are worth.</summary>
    public bool IgnoreThresholds { get; init; }

    /// <summary>Asks for each record, several at once; predictions come as they are made.</summary>
    /// <param name="records">The records.</param>
    /// <param name="parallel">How many are asked at once.</param>
    /// <param name="add">Gets each prediction, from any thread.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="CallerUnavailableException">The caller cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">The token ended the asking; what was added stays.</exception>
    public Task RunAsync(IEnumerable<EvalRecord> records, int parallel, Action<EvalRecord, Prediction> add, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            records,
            new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
            async (record, token) =>
            {
                if (await AskAsync(record, token).ConfigureAwait(false) is { } prediction)
                {
                    add(record, prediction);
                }
            });

    // Nothing for a record that nobody could be asked for: it is no answer, and the next run asks again.
    private async Task<Prediction?> AskAsync(EvalRecord record, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        ToolCalling calling = await proposer.ProposeAsync(record.Prompt, record.Tools, caller, IgnoreThresholds, cancellationToken).ConfigureAwait(false);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        if (calling.Reason.Kind is ReasonKind.CallerUnavailable or ReasonKind.UnknownModel)
        {
            return Interlocked.Increment(ref _unavailable) < MaxUnavailable ? null : throw new CallerUnavailableException(calling.Reason.Message);
        }

        Volatile.Write(ref _unavailable, 0);
        bool proposed = calling.Outcome == PromptOutcome.Proposed;
        return new Prediction(record.Id, proposed ? [.. calling.Calls.Select(ToCall)] : [])
        {
            Invalid = calling.Outcome == PromptOutcome.Failed,
            Caller = caller,
            RecordHash = record.Hash,
            Reason = proposed ? null : calling.Reason.Message,
            // Of what was answered: what the threshold rejected was not.
            Confidence = calling.Reason.Kind == ReasonKind.BelowThreshold ? null : calling.Confidence,
            Milliseconds = took.TotalMilliseconds,
            Attempts = [.. calling.Attempts.Select(ToAttempt)],
        };
    }

    private static PredictedCall ToCall(CallOutcome call) => new(call.Call.Tool.Id.Name, call.Call.ParseArguments()) { Confidence = call.Confidence };

    private static PredictedAttempt ToAttempt(AttemptRecord attempt) =>
        new(JsonNamingPolicy.SnakeCaseLower.ConvertName(attempt.Result.ToString()), attempt.Duration.TotalMilliseconds)
        {
            Temperature = attempt.Temperature,
            InputTokens = attempt.InputTokens,
            OutputTokens = attempt.OutputTokens,
        };
}
