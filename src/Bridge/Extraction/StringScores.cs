using Bridge.Reading;
using Bridge.Slots;

namespace Bridge.Extraction;

/// <summary>How well each kind of candidate suits each role of a string.</summary>
internal static class StringScores
{
    /// <summary>The score of a kind before anything nearby is looked at.</summary>
    /// <param name="role">The slot's role.</param>
    /// <param name="kind">The candidate's kind.</param>
    /// <returns>0 when the kind never suits the role.</returns>
    public static double Of(SlotRole role, CandidateKind kind) => (role, kind) switch
    {
        (SlotRole.Email, CandidateKind.Email) => 0.95,
        (SlotRole.Url, CandidateKind.Url) => 0.95,
        (SlotRole.Path, CandidateKind.Path) => 0.95,
        (SlotRole.Email or SlotRole.Url, _) => 0,
        (SlotRole.Path, CandidateKind.Quoted) => 0.5,
        (SlotRole.Path, CandidateKind.Name or CandidateKind.Identifier) => 0.25,
        (SlotRole.Path, _) => 0,
        (SlotRole.Date or SlotRole.Time, CandidateKind.Quoted) => 0.5,
        (SlotRole.Date or SlotRole.Time, _) => 0,
        (SlotRole.Formula, CandidateKind.Formula) => 0.75,
        (SlotRole.Formula, CandidateKind.Quoted) => 0.65,
        (SlotRole.Formula, CandidateKind.Phrase) => 0.1,
        (SlotRole.Formula, _) => 0,
        (SlotRole.Id, CandidateKind.Identifier) => 0.6,
        (SlotRole.Id, CandidateKind.Quoted) => 0.55,
        (SlotRole.Id, CandidateKind.Number) => 0.4,
        (SlotRole.Id, CandidateKind.Url or CandidateKind.Email) => 0.35,
        (SlotRole.Id, CandidateKind.Name) => 0.2,
        (SlotRole.Unit, CandidateKind.Quoted) => 0.4,
        (SlotRole.Id or SlotRole.Unit, _) => 0,
        (SlotRole.Text, CandidateKind.Quoted) => 0.6,
        (SlotRole.Text, CandidateKind.Block) => 0.45,
        (SlotRole.Text, CandidateKind.Name) => 0.3,
        (SlotRole.Text, CandidateKind.Phrase) => 0.24,
        (SlotRole.Place, CandidateKind.Name) => 0.5,
        (SlotRole.Place, CandidateKind.Quoted) => 0.45,
        (SlotRole.Place, CandidateKind.Phrase) => 0.2,
        (SlotRole.Place, _) => 0,
        (SlotRole.Name, CandidateKind.Name) => 0.52,
        (_, CandidateKind.Quoted) => 0.52,
        (_, CandidateKind.Name) => 0.42,
        (_, CandidateKind.Url or CandidateKind.Path or CandidateKind.Email) => 0.2,
        (_, CandidateKind.Identifier) => 0.32,
        (_, CandidateKind.Date) => 0.1,
        (_, CandidateKind.Phrase) => 0.24,
        _ => 0,
    };
}
