using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Outcomes;
using Bridge.Policy;
using Bridge.Profiles;
using Bridge.Telemetry;

namespace Bridge.Proposing;

/// <summary>The attempts of one caller for one prompt: each asks, checks, records, and leaves its hints to the next.</summary>
internal sealed class CallerAttempts(
    CallerEntry entry, ProposalRequest request, ToolRules rules, HashSet<string> usedIds, AttemptLog log, TimeProvider time)
{
    private ImmutableArray<RejectedProposal> _rejected = [];
    private int _number;

    /// <summary>The last proposal that was checked; <see langword="null"/> while the endpoint only failed.</summary>
    public CheckedProposal? Last { get; private set; }

    /// <summary>What was wrong with the last attempt; empty while none was wrong.</summary>
    public string LastError { get; private set; } = "";

    /// <summary>Makes one attempt.</summary>
    /// <param name="cancellationToken">Ends the attempt: its own time, the total time, or the caller of Bridge.</param>
    public async ValueTask<CheckedProposal> NextAsync(CancellationToken cancellationToken)
    {
        int number = ++_number;
        double? temperature = TemperatureOf(entry.Profile, number);
        using System.Diagnostics.Activity? activity = BridgeTelemetry.Source.StartActivity("bridge.attempt");
        activity?.SetTag("bridge.caller", entry.Name.ToString()).SetTag("bridge.attempt", number);
        long start = time.GetTimestamp();
        try
        {
            Proposal proposal = await entry.Caller.ProposeAsync(
                request with { Temperature = temperature, Rejected = _rejected }, cancellationToken).ConfigureAwait(false);
            CheckedProposal proposed = ProposalChecker.Check(proposal, request, entry.Profile, rules, usedIds);
            Record(proposed.Result, proposed.Errors, proposal);
            if (proposed.Result == AttemptResult.Invalid)
            {
                _rejected = _rejected.Add(new RejectedProposal(proposal, proposed.Hints));
            }

            return Last = proposed;
        }
        catch (ToolCallerException error)
        {
            Record(AttemptResult.Error, [error.Message], null);
            throw;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Record(AttemptResult.TimedOut, ["The attempt was ended before the model answered."], null);
            throw;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            Record(AttemptResult.Error, [error.Message], null);
            throw new ToolCallerException(ReasonKind.CallerUnavailable, $"The tool caller '{entry.Name}' failed: {error.Message}", error);
        }

        void Record(AttemptResult result, ImmutableArray<string> errors, Proposal? proposal)
        {
            LastError = errors.IsEmpty ? LastError : errors[^1];
            log.Add(new AttemptRecord(entry.Name.ToString(), number, result)
            {
                Errors = errors,
                Duration = time.GetElapsedTime(start),
                Temperature = temperature,
                InputTokens = proposal?.InputTokens,
                OutputTokens = proposal?.OutputTokens,
            });
        }
    }

    private double? TemperatureOf(ModelProfile profile, int number) =>
        entry.Caller.Capabilities.Deterministic || profile.Temperatures.IsDefaultOrEmpty
            ? null
            : profile.Temperatures[Math.Min(number, profile.Temperatures.Length) - 1];
}
