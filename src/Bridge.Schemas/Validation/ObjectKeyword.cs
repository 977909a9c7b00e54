using System.Collections.Immutable;
using Bridge.Schemas.Json;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Validation;

/// <summary>The members of an object in one pass: <c>properties</c>, <c>patternProperties</c>, <c>additionalProperties</c>, <c>required</c>.</summary>
internal sealed class ObjectKeyword() : Keyword(JsonKinds.Object)
{
    private const int StackWords = 8;

    /// <summary>The members that are declared or required.</summary>
    public required PropertyTable Table { get; init; }

    /// <summary>The schemas of members whose names match a pattern.</summary>
    public ImmutableArray<(EcmaPattern Pattern, SchemaNode Node)> Patterns { get; init; } = [];

    /// <summary>The schema of all other members; <see langword="null"/> when there is none.</summary>
    public SchemaNode? Additional { get; init; }

    /// <summary>Whether a name that differs from a declared one only in case is refused.</summary>
    public bool RefusesCaseVariants { get; init; }

    public override bool Check(JsonValue instance, Evaluation run)
    {
        int words = Table.Required.Length;
        Span<ulong> found = words <= StackWords ? stackalloc ulong[StackWords] : new ulong[words];
        bool valid = true;
        int next = 0;
        int position = -1;
        foreach (JsonMember member in instance.Members)
        {
            position++;
            int index = Table.Find(member.NameUtf8, next);
            if (index >= 0)
            {
                next = index + 1;
                found[index >> 6] |= 1UL << (index & 63);
            }

            if (!CheckMember(member, index < 0 ? null : Table.Entries[index].Node, position, run))
            {
                valid = false;
                if (!run.Collects)
                {
                    return false;
                }
            }
        }

        return CheckRequired(instance, found, run) && valid;
    }

    private bool CheckMember(JsonMember member, SchemaNode? declared, int position, Evaluation run)
    {
        bool known = declared is not null;
        bool valid = declared is null || run.CheckMember(declared, member);
        foreach ((EcmaPattern pattern, SchemaNode node) in Patterns)
        {
            bool? matches = run.Matches(pattern, member.NameUtf8);
            if (matches is null)
            {
                run.ReportMember(
                    "patternProperties", member.Name, $"could not be checked against the pattern '{JsonText.Cap(pattern.Source)}' in time",
                    "is a name too complex to check", atMember: true);
                return false;
            }

            if (matches == true)
            {
                known = true;
                valid &= run.CheckMember(node, member);
            }
        }

        if (!known && RefusesCaseVariants && Table.FindIgnoringCase(member.NameUtf8) is { } meant)
        {
            run.ReportMember(
                "case", member.Name, $"is not a member; write '{meant}', in exactly this case", $"must be spelled `{meant}`", atMember: true);
            return false;
        }

        if (!known && Additional is not null)
        {
            known = true;
            valid = CheckAdditional(member, run);
        }

        if (known)
        {
            run.Evaluated?.Mark(position);
        }

        return valid;
    }

    private bool CheckAdditional(JsonMember member, Evaluation run)
    {
        if (!Additional!.IsFalse)
        {
            return run.CheckMember(Additional, member);
        }

        if (run.Collects)
        {
            string[] names = [.. Table.Entries.Where(entry => entry.Node is { IsFalse: false }).Select(entry => entry.Name)];
            string? near = NearMiss.Find(member.Name, names);
            string question = near is null ? "" : $"; did you mean '{near}'?";
            string list = NearMiss.List(names, "'");
            string allowed = list.Length == 0 ? "; no member is" : $"; allowed are {list}";
            run.ReportMember(
                "additionalProperties", member.Name, $"is not allowed{(near is null ? allowed : question)}",
                near is not null ? $"is not allowed; did you mean `{near}`?"
                    : list.Length == 0 ? "is not allowed" : $"is not allowed; allowed: {NearMiss.List(names, "")}",
                atMember: true);
        }

        return false;
    }

    private bool CheckRequired(JsonValue instance, ReadOnlySpan<ulong> found, Evaluation run)
    {
        bool valid = true;
        for (int i = 0; i < Table.Required.Length; i++)
        {
            valid &= (Table.Required[i] & ~found[i]) == 0;
        }

        if (valid || !run.Collects)
        {
            return valid;
        }

        List<string> unknown = UnknownNames(instance);
        for (int i = 0; i < Table.Entries.Length && run.Collects; i++)
        {
            if (Table.Entries[i].Required && (found[i >> 6] & (1UL << (i & 63))) == 0)
            {
                ReportMissing(Table.Entries[i].Name, unknown, run);
            }
        }

        return false;
    }

    private List<string> UnknownNames(JsonValue instance)
    {
        var unknown = new List<string>();
        foreach (JsonMember member in instance.Members)
        {
            if (Table.Find(member.NameUtf8, 0) < 0)
            {
                unknown.Add(member.Name);
            }
        }

        return unknown;
    }

    private static void ReportMissing(string name, List<string> unknown, Evaluation run)
    {
        string? near = NearMiss.Find(name, unknown);
        run.ReportMember(
            "required", name, near is null ? "is required, but it is missing" : $"is required, but it is missing; did '{JsonText.Cap(near)}' mean it?",
            near is null ? "is required and missing" : $"is required and missing; rename `{JsonText.Cap(near)}`", atMember: false);
    }
}
