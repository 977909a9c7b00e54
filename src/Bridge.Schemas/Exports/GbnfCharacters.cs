using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Exports;

/// <summary>Writes one character of a JSON string, with the escapes that decoding writes.</summary>
internal sealed class GbnfCharacters(GbnfRules rules)
{
    /// <summary>The symbol of one character of a set.</summary>
    public string Of(CodePointEdge[] ranges)
    {
        var plain = new List<(int First, int Last)>();
        var escaped = new List<int>();
        foreach (CodePointEdge edge in ranges)
        {
            int first = edge.First;
            for (int value = edge.First; value <= Math.Min(edge.Last, '\\'); value++)
            {
                if (value is '"' or '\\' or < ' ')
                {
                    Add(plain, first, value - 1);
                    escaped.Add(value);
                    first = value + 1;
                }
            }

            Add(plain, first, edge.Last);
        }

        string[] ways = [.. plain.Count > 0 ? [Plain(plain)] : Array.Empty<string>(), .. Escapes(escaped)];
        bool isSymbol = ways.Length == 1 && (escaped.Count <= 1);
        return isSymbol ? ways[0] : rules.Add("char", GbnfSpelling.Choice(ways));
    }

    private static string Plain(List<(int First, int Last)> ranges) => ranges is [var (first, last)] && first == last
        ? GbnfSpelling.Literal(char.ConvertFromUtf32(first))
        : GbnfSpelling.Set(ranges);

    /// <summary>The escapes: a single one as a literal, several by what they have in common.</summary>
    private static IEnumerable<string> Escapes(List<int> values)
    {
        string[] spellings = [.. values.Select(value => System.Text.Encoding.ASCII.GetString(JsonSpelling.Of(value)))];
        if (spellings.Length == 1)
        {
            return [GbnfSpelling.Literal(spellings[0])];
        }

        return spellings.GroupBy(spelling => spelling[..^1]).Select(group => group.Count() == 1
            ? GbnfSpelling.Literal(group.Single())
            : $"{GbnfSpelling.Literal(group.Key)} {GbnfSpelling.Set(Ranges(group.Select(spelling => (int)spelling[^1])))}");
    }

    private static IEnumerable<(int First, int Last)> Ranges(IEnumerable<int> values) => values.Order()
        .Select((value, index) => (Value: value, Run: value - index)).GroupBy(entry => entry.Run).Select(run => (run.First().Value, run.Last().Value));

    private static void Add(List<(int First, int Last)> ranges, int first, int last)
    {
        if (first <= last)
        {
            ranges.Add((first, last));
        }
    }
}
