using System.Collections.Immutable;

namespace Bridge.Shortlisting;

/// <summary>What the ranker sees of a tool and a part of a prompt. No feature names a tool or a word: what is learned holds for any catalog.</summary>
internal static class RankFeatures
{
    // Masses are sums of rarities; these bring them near one.
    private const float ManyWords = 20;
    private const float SomeWords = 10;

    /// <summary>The names of the features, in the order they are written.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        "score", "score-of-mass", "score-of-best", "score-before-next", "rank-inverse", "rank-log",
        "whole-of-best", "part-of-whole", "whole-of-mass", "best-of-mass", "mass",
        "said", "said-in-name", "said-in-description", "said-in-parameter-names", "said-in-parameter-descriptions", "said-in-enums",
        "name-said", "description-said", "parameter-names-said", "name-said-squared", "description-said-squared",
        "name-unsaid", "description-unsaid", "name-complete", "description-complete",
        "first-of-name", "last-of-name", "begins-like-name", "pairs", "pairs-of-tool",
        "rarest-missing", "missing", "words",
        "identifier-taken", "identifier-not-taken", "identifier-needed",
        "date-taken", "date-not-taken", "date-needed",
        "number-taken", "number-not-taken", "number-needed",
        "text-not-taken", "nothing-given",
    ];

    /// <summary>How many features there are.</summary>
    public static int Count => Names.Length;

    /// <summary>Writes the features of one candidate.</summary>
    /// <param name="index">The index.</param>
    /// <param name="scratch">The part, the whole and the candidates.</param>
    /// <param name="rank">Which candidate, by BM25.</param>
    /// <param name="wholeBest">The best BM25 score against the whole.</param>
    /// <param name="row">Receives the features.</param>
    public static void Write(Bm25Index index, RankScratch scratch, int rank, float wholeBest, Span<float> row)
    {
        ReadOnlySpan<RankCandidate> found = scratch.Candidates.Found;
        ref readonly RankCandidate candidate = ref found[rank];
        ToolTerms tool = index.TermsOf(candidate.Tool);
        ToolMass mass = index.Masses[candidate.Tool];
        QueryUnit unit = scratch.Unit;
        var writer = new RowWriter(row);
        WriteScores(ref writer, scratch, rank, wholeBest);
        WriteCoverage(ref writer, candidate, mass, unit.Mass);
        WriteNames(ref writer, candidate, mass, unit, tool);
        WriteValues(ref writer, unit.Values, tool.Arguments);
    }

    private static void WriteScores(ref RowWriter row, RankScratch scratch, int rank, float wholeBest)
    {
        ReadOnlySpan<RankCandidate> found = scratch.Candidates.Found;
        float score = found[rank].Score;
        float best = found[0].Score;
        float next = rank > 0 ? best : found.Length > 1 ? found[1].Score : 0;
        float whole = scratch.WholeScores[found[rank].Tool];
        row.Add(score / ManyWords);
        row.Add(score / (scratch.Unit.Mass + 2));
        row.Add(score / best);
        row.Add((score - next) / SomeWords);
        row.Add(1f / (rank + 1));
        row.Add(MathF.Log(1 + rank));
        row.Add(whole / wholeBest);
        row.Add(score / (whole + 0.01f));
        row.Add(whole / (scratch.Whole.Mass + 2));
        row.Add(best / (scratch.Unit.Mass + 2));
        row.Add(scratch.Unit.Mass / ManyWords);
    }

    private static void WriteCoverage(ref RowWriter row, in RankCandidate candidate, ToolMass mass, float said)
    {
        float all = said + 1;
        row.Add(candidate.Any / all);
        row.Add(candidate.Name / all);
        row.Add(candidate.Description / all);
        row.Add(candidate.ParameterNames / all);
        row.Add(candidate.ParameterDescriptions / all);
        row.Add(candidate.EnumValues / all);
        float name = candidate.Name / (mass.Name + 0.5f);
        float description = candidate.Description / (mass.Description + 0.5f);
        row.Add(name);
        row.Add(description);
        row.Add(candidate.ParameterNames / (mass.ParameterNames + 0.5f));
        row.Add(name * name);
        row.Add(description * description);
        row.Add((mass.Name - candidate.Name) / SomeWords);
        row.Add((mass.Description - candidate.Description) / ManyWords);
        row.Add(candidate.Name >= mass.Name - 0.001f);
        row.Add(candidate.Description >= mass.Description - 0.001f);
    }

    private static void WriteNames(ref RowWriter row, in RankCandidate candidate, ToolMass mass, QueryUnit unit, ToolTerms tool)
    {
        int pairs = 0;
        foreach (uint pair in unit.Pairs)
        {
            pairs += tool.Pairs.AsSpan().BinarySearch(pair) >= 0 ? 1 : 0;
        }

        row.Add(candidate.HasFirstOfName);
        row.Add(candidate.HasLastOfName);
        row.Add(mass.FirstOfName >= 0 && mass.FirstOfName == unit.First);
        row.Add(Math.Min(3, pairs));
        row.Add(pairs / (tool.Pairs.Length + 1f));
        row.Add(candidate.RarestMissing / SomeWords);
        row.Add((unit.Mass - candidate.Any) / ManyWords);
        row.Add(Math.Min(8, candidate.Words) / 8f);
    }

    private static void WriteValues(ref RowWriter row, ValueKinds given, ArgumentShape arguments)
    {
        WriteValue(ref row, given, arguments, ValueKinds.Identifier, ValueKinds.Identifier, ValueKinds.Identifier | ValueKinds.Number);
        WriteValue(ref row, given, arguments, ValueKinds.Date, ValueKinds.Date, ValueKinds.Date);
        WriteValue(ref row, given, arguments, ValueKinds.Number, ValueKinds.Number | ValueKinds.Identifier, ValueKinds.Number);
        row.Add((given & ValueKinds.Text) != 0 && (arguments.Taken & ValueKinds.Text) == 0);
        row.Add((given & (ValueKinds.Text | ValueKinds.Identifier)) == 0 && arguments.Required > 0);
    }

    // A kind given is taken by parameters of some kinds; a kind needed is met by values of some.
    private static void WriteValue(ref RowWriter row, ValueKinds given, ArgumentShape arguments, ValueKinds kind, ValueKinds takers, ValueKinds givers)
    {
        bool taken = (arguments.Taken & takers) != 0;
        row.Add((given & kind) != 0 && taken);
        row.Add((given & kind) != 0 && !taken);
        row.Add((given & givers) == 0 && (arguments.Needed & kind) != 0);
    }

    private ref struct RowWriter(Span<float> row)
    {
        private readonly Span<float> _row = row;
        private int _at;

        public void Add(float value) => _row[_at++] = value;

        public void Add(bool value) => Add(value ? 1f : 0f);
    }
}
