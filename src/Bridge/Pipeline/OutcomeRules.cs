using System.Collections.Immutable;
using Bridge.Outcomes;

namespace Bridge.Pipeline;

/// <summary>What became of a prompt, from what became of its calls.</summary>
internal static class OutcomeRules
{
    /// <summary>Called if any call reached a tool and returned; else NeedsApproval; else Failed; else Cancelled; else Proposed.</summary>
    /// <param name="calls">The calls; at least one.</param>
    /// <param name="proposal">Why there are calls at all.</param>
    public static (PromptOutcome Outcome, Reason Reason) Judge(ImmutableArray<CallOutcome> calls, Reason proposal)
    {
        if (calls.Any(call => call.Status is CallStatus.Succeeded or CallStatus.ToolError))
        {
            return (PromptOutcome.Called, proposal);
        }

        if (Find(CallStatus.NeedsApproval) is { } waiting)
        {
            return (PromptOutcome.NeedsApproval, waiting.Reason);
        }

        if (Find(CallStatus.Failed) is { } failed)
        {
            return (PromptOutcome.Failed, failed.Reason);
        }

        return Find(CallStatus.Cancelled) is { } cancelled
            ? (PromptOutcome.Cancelled, cancelled.Reason)
            : (PromptOutcome.Proposed, proposal);

        CallOutcome? Find(CallStatus status) => calls.FirstOrDefault(call => call.Status == status);
    }
}
