using Bridge.Outcomes;
using Bridge.Proposing;

namespace Bridge.Pipeline;

/// <summary>The outcomes of proposed calls that are not executed.</summary>
internal static class ProposedCalls
{
    /// <summary>A valid call that does not run.</summary>
    public static CallOutcome ToSkipped(CheckedCall call, ReasonKind kind, string message) =>
        new(call.Call, CallStatus.Skipped, new Reason(kind, message)) { Confidence = call.Confidence, Repairs = call.Repairs };

    /// <summary>A call of an answer that could not be used.</summary>
    public static CallOutcome ToUnusable(CheckedCall call) => call.IsValid
        ? ToSkipped(call, ReasonKind.NotExecuted, "The call is valid; another call of the same answer is not.")
        : new CallOutcome(call.Call, CallStatus.Failed, new Reason(ReasonKind.InvalidArguments, string.Join(' ', call.Errors)))
        {
            Confidence = call.Confidence,
        };
}
