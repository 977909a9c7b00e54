using System.Collections.Frozen;
using Bridge.Extraction;
using Bridge.Reading;
using Bridge.Schemas.Signatures;
using Bridge.Slots;

namespace Bridge.Embedded;

/// <summary>Makes several calls of one where the user lists several values for a parameter that takes one: <c>Paris and London</c>.</summary>
internal static class ListedValues
{
    private const int MaxGap = 45;
    private const double SameForm = 3;
    private const double SameSpan = 1;

    private static readonly CandidateKind[] s_lists = [CandidateKind.Bracketed];
    private static readonly CandidateKind[] s_kinds = [CandidateKind.Number, CandidateKind.Quoted, CandidateKind.Date, CandidateKind.Name, CandidateKind.Phrase];

    private static readonly FrozenSet<string> s_joiners = Grammar.Stems("and or the for in also of as well to at on both then with a an from by is y has first second third fourth fifth other another next last one");

    /// <summary>Expands a call.</summary>
    /// <param name="reading">The text.</param>
    /// <param name="filled">The call.</param>
    /// <returns>The arguments of each call, in the order of the text; those that came in when nothing is listed.</returns>
    public static List<List<Option>> Expand(RequestReading reading, FilledTool filled)
    {
        var lists = new Dictionary<int, List<Option>>();
        for (int slot = 0; slot < filled.Chosen.Length; slot++)
        {
            if (filled.Chosen[slot] is { } chosen && Listed(reading, filled, chosen.Option) is { Count: > 1 } values)
            {
                lists[slot] = values;
            }
        }

        if (lists.Count == 0)
        {
            return [[.. filled.Options]];
        }

        // Lists of one length belong together, value by value; another list is left as it is.
        int length = lists.MinBy(list => list.Key).Value.Count;
        return
        [
            .. Enumerable.Range(0, length).Select(i => filled.Chosen
                .Select((chosen, slot) => lists.TryGetValue(slot, out List<Option>? values) && values.Count == length ? values[i] : chosen?.Option)
                .OfType<Option>().ToList()),
        ];
    }

    private static List<Option>? Listed(RequestReading reading, FilledTool filled, Option option)
    {
        bool scalar = option.Slot.Type is ParameterType.String or ParameterType.Integer or ParameterType.Number;
        bool list = option.Slot.Type == ParameterType.Array;
        if (!(scalar || list) || !option.IsEvident || option.Shares || option.Slot.Role == SlotRole.Text || (filled.Part is { } part && !option.IsIn(part)))
        {
            return null;
        }

        // The first kind that fits is what the value is; a name is a phrase as well.
        foreach (CandidateKind kind in list ? s_lists : s_kinds)
        {
            if (RunOf(reading, filled, option, kind) is { } run)
            {
                run.RemoveAll(candidate => filled.Part is { } held && (candidate.Start < held.Start || candidate.End > held.End));
                return run.Count > 1 ? ValuesOf(filled, option, run) : null;
            }
        }

        return null;
    }

    private static List<Option>? ValuesOf(FilledTool filled, Option option, List<Candidate> run)
    {
        var values = new List<Option>();
        foreach (Candidate candidate in run)
        {
            if (Covers(candidate, option))
            {
                values.Add(option);
                continue;
            }

            bool taken = filled.Options.Any(other => !ReferenceEquals(other, option) && !other.Shares && candidate.Overlaps(other.Start, other.End));
            if (taken || BestWithin(filled.Fills[option.Slot.Place], option, candidate) is not { } best)
            {
                return null;
            }

            values.Add(best);
        }

        return values;
    }

    // Another value of the same slot, made of its words in the same way.
    private static Option? BestWithin(SlotFill fill, Option option, Candidate candidate)
    {
        (Option? best, double highest) = (null, double.NegativeInfinity);
        for (int i = 0; i < fill.Options.Count; i++)
        {
            Option other = fill.Options[i];
            if (!other.IsEvident || other.Start < candidate.Start || other.End > candidate.End)
            {
                continue;
            }

            bool whole = other.Start == candidate.Start && other.End == candidate.End;
            double score = fill.LogShares[i] + (other.Form == option.Form ? SameForm : 0) + (whole ? SameSpan : 0);
            if (score > highest)
            {
                (best, highest) = (other, score);
            }
        }

        return best;
    }

    private static List<Candidate>? RunOf(RequestReading reading, FilledTool filled, Option option, CandidateKind kind)
    {
        var all = new List<Candidate>();
        foreach (Candidate candidate in reading.Candidates.Where(candidate => candidate.Kind == kind).OrderBy(candidate => candidate.Start).ThenByDescending(candidate => candidate.End))
        {
            if (all.Count == 0 || candidate.Start >= all[^1].End)
            {
                all.Add(candidate);
            }
        }

        int first = all.FindIndex(candidate => Covers(candidate, option));
        if (first < 0)
        {
            return null;
        }

        int last = first;
        HashSet<string> leads = LeadsOf(reading.Text, all[first]);
        while (first > 0 && Joins(reading.Text, filled, option, leads, all[first - 1], all[first]))
        {
            first--;
        }

        while (last + 1 < all.Count && Joins(reading.Text, filled, option, leads, all[last], all[last + 1]))
        {
            last++;
        }

        return all.GetRange(first, last - first + 1);
    }

    private static bool Covers(Candidate candidate, Option option) => candidate.Start <= option.Start && candidate.End >= option.End;

    // "the number 12 and the number 15": what led to the one may lead to the next.
    private static HashSet<string> LeadsOf(RequestText text, Candidate candidate)
    {
        int first = text.WordFrom(candidate.Start);
        return text.Words.AsSpan()[Math.Max(0, first - 3)..first].ToArray().Select(word => word.Stem).ToHashSet(StringComparer.Ordinal);
    }

    private static bool Joins(RequestText text, FilledTool filled, Option option, HashSet<string> leads, Candidate last, Candidate next)
    {
        if (next.Start - last.End > MaxGap || text.EndsSentence(last.End, next.Start))
        {
            return false;
        }

        bool joint = text.Text.AsSpan(last.End, next.Start - last.End).ContainsAny(',', '&', ';') || text.Text.AsSpan(last.End, next.Start - last.End).Contains('+');
        for (int i = text.WordFrom(last.End); i < text.Words.Length && text.Words[i].Start < next.Start; i++)
        {
            Word word = text.Words[i];
            bool unit = last.Unit.Length > 0 && text.Text.AsSpan(word.Start, word.End - word.Start).SequenceEqual(last.Unit);
            bool subject = last.Kind != CandidateKind.Phrase && filled.Card.NameStems.ContainsKey(word.Stem);
            joint |= word.Stem is "and" or "or" or "y";
            if (!s_joiners.Contains(word.Stem) && !option.Slot.IsNamed(word.Stem) && !leads.Contains(word.Stem) && !unit && !subject)
            {
                return false;
            }
        }

        return joint;
    }
}
