using Bridge.Reading;
using Bridge.TestKit;

namespace Bridge.Tests.Embedded;

/// <summary>Reads texts as on Thursday, 1 January 2026.</summary>
internal static class Reading
{
    public static RequestReading Of(string text) => RequestReading.Read(text, RequestReading.Scanners(new ManualTimeProvider()));

    public static IEnumerable<Candidate> Of(string text, CandidateKind kind) => Of(text).Candidates.Where(candidate => candidate.Kind == kind);
}
