using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Embedded;

/// <summary>Finds several calls in one text: part by part, then list by list.</summary>
/// <param name="planner">Works out a call for one part.</param>
/// <param name="scanners">Read a part.</param>
internal sealed class SeveralCalls(CallPlanner planner, ImmutableArray<ICandidateScanner> scanners)
{
    // A part has fewer words than the whole: what it says of its arguments must be plain.
    private const double LeastArguments = 0.42;

    /// <summary>Finds the calls of a text.</summary>
    /// <param name="reading">The whole text.</param>
    /// <param name="tools">The tools.</param>
    /// <param name="whole">The calls worked out for the whole text, the best first.</param>
    /// <param name="places">The places of the tools to look at.</param>
    /// <returns>The calls in the order of the text; the best of the whole text when it asks for no more.</returns>
    public List<PlannedCall> Find(RequestReading reading, ImmutableArray<Tool> tools, List<PlannedCall> whole, int[] places)
    {
        List<PlannedCall> calls = ByPart(reading, tools, whole, places);
        if (calls.Count < 2)
        {
            calls = whole[0].IsCallable ? Expand(reading, whole[0]) : [whole[0]];
        }

        return calls;
    }

    private List<PlannedCall> ByPart(RequestReading reading, ImmutableArray<Tool> tools, List<PlannedCall> whole, int[] places)
    {
        List<string> parts = CallSegments.Of(reading);
        var calls = new List<PlannedCall>();
        if (parts.Count < 2)
        {
            return calls;
        }

        foreach (string part in parts)
        {
            var read = RequestReading.Read(part, scanners);
            PlannedCall? best = planner.Plan(read, tools, places, whole).Find(call =>
                call.IsCallable && call.Confidence >= Confidence.Threshold && call.Evidence.Arguments >= LeastArguments);
            if (best is not null && IsAnother(calls, best))
            {
                calls.AddRange(Expand(read, best));
            }
        }

        return calls;
    }

    // A second sentence about one tool is a second call only when it says every required value anew.
    private static bool IsAnother(List<PlannedCall> calls, PlannedCall call) =>
        !calls.Exists(earlier => ReferenceEquals(earlier.Card, call.Card) && !call.SaysAnew(earlier));

    private static List<PlannedCall> Expand(RequestReading reading, PlannedCall call)
    {
        List<Assignment> expanded = CallExpander.Expand(reading, call.Assignment);
        if (expanded.Count == 1)
        {
            return [call];
        }

        List<PlannedCall> calls =
        [
            .. expanded.Select(assignment => call with { Assignment = assignment, Arguments = ArgumentWriter.Write(call.Card.Tool.Schema, assignment.Chosen) }),
        ];
        return calls.TrueForAll(one => one.IsCallable) ? calls : [call];
    }
}
