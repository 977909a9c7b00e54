using Bridge.Outcomes;

namespace Bridge.Approval;

/// <summary>Why a call does not go on for want of a person's consent.</summary>
/// <param name="Status"><see cref="CallStatus.NeedsApproval"/>, or <see cref="CallStatus.Failed"/> when a person refused.</param>
/// <param name="Reason">Why, and how to approve.</param>
internal sealed record ApprovalRefusal(CallStatus Status, Reason Reason);
