using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Bridge.Schemas.Signatures;

namespace Bridge.Embedded;

/// <summary>Makes several calls of one where the user lists several values for a parameter that takes one: <c>Paris and London</c>.</summary>
internal static class CallExpander
{
    private static readonly CandidateKind[] s_kinds = [CandidateKind.Number, CandidateKind.Quoted, CandidateKind.Name, CandidateKind.Phrase];

    /// <summary>Expands arguments.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="assignment">The arguments of one call.</param>
    /// <returns>The arguments of each call, in the order of the text; the one that came in when nothing is listed.</returns>
    public static List<Assignment> Expand(RequestReading reading, Assignment assignment)
    {
        List<(Option Option, List<Option> Values)> lists = [.. assignment.Chosen.Select(option => (option, Listed(reading, assignment, option))).Where(pair => pair.Item2.Count > 1)];
        if (lists.Count == 0)
        {
            return [assignment];
        }

        // Lists of one length belong together, value by value; another list is left as it is.
        int length = lists[0].Values.Count;
        var calls = new List<Assignment>(length);
        for (int i = 0; i < length; i++)
        {
            int at = i;
            ImmutableArray<Option> chosen =
            [
                .. assignment.Chosen.Select(option => lists.Find(list => list.Option == option && list.Values.Count == length) is { Option: not null } list
                    ? list.Values[at]
                    : option),
            ];
            calls.Add(assignment with { Chosen = chosen });
        }

        return calls;
    }

    private static List<Option> Listed(RequestReading reading, Assignment assignment, Option option)
    {
        bool scalar = option.Slot.Type is ParameterType.String or ParameterType.Integer or ParameterType.Number;
        if (!scalar || !option.IsEvident || option.Shares || option.Slot.Role == SlotRole.Text)
        {
            return [];
        }

        // The first kind that fits is what the value is; a name is a phrase as well.
        foreach (CandidateKind kind in s_kinds)
        {
            List<Candidate>? run = CandidateRuns.Find(reading, kind).Find(run => run.Exists(candidate => IsSource(option, candidate)));
            if (run is not null)
            {
                bool free = run.TrueForAll(candidate => IsSource(option, candidate) || !assignment.Uses(candidate.Start, candidate.End));
                List<Option> values = free ? [.. run.Select(candidate => IsSource(option, candidate) ? option : ValueOf(option, candidate)).OfType<Option>()] : [];
                return values.Count == run.Count ? values : [];
            }
        }

        return [];
    }

    private static bool IsSource(Option option, Candidate candidate) => candidate.Start == option.Start && candidate.End == option.End;

    private static Option? ValueOf(Option option, Candidate candidate)
    {
        JsonNode? value = option.Slot.Type == ParameterType.String ? JsonValue.Create(candidate.Text)
            : candidate.Kind == CandidateKind.Number && Numbers.Coerce(candidate, option.Slot.Parameter) is { } number ? Numbers.ToNode(number)
            : null;
        return value is null ? null : option with { Value = value, Start = candidate.Start, End = candidate.End };
    }
}
