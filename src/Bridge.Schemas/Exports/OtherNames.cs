using System.Collections.Immutable;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Patterns;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Exports;

/// <summary>The names that members may have which a schema does not name: 1 to 64 characters, and none that it declares.</summary>
internal static class OtherNames
{
    private const int MaxLength = 64;

    /// <summary>The most characters of declared names, in their different beginnings, that are kept out.</summary>
    private const int MaxBeginnings = 1_500;

    private const int FirstSurrogate = 0xD800;
    private const int LastSurrogate = 0xDFFF;

    /// <summary>The characters that differ only in case, as member names are compared.</summary>
    private static readonly Lazy<Dictionary<string, int[]>> s_variants = new(ReadVariants);

    /// <summary>Every name.</summary>
    public static CodePointDfa Any { get; } = Build([]);

    /// <summary>The names that are not declared; <see langword="null"/> when too many are.</summary>
    public static CodePointDfa? Of(ImmutableArray<ObjectKeyword> keywords)
    {
        var names = new List<int[][]>();
        int beginnings = 0;
        foreach (ObjectKeyword keyword in keywords)
        {
            foreach (PropertyEntry entry in keyword.Table.Entries)
            {
                // Like the check: a name that is only required is taken in its own spelling alone.
                bool anyCase = keyword.RefusesCaseVariants && entry.Node is not null;
                int[][] name = [.. entry.Name.EnumerateRunes().Select(rune => anyCase ? VariantsOf(rune) : [rune.Value])];
                beginnings += name.Length;
                if (name.Length is > 0 and <= MaxLength)
                {
                    names.Add(name);
                }
            }
        }

        return beginnings > MaxBeginnings ? null : names.Count == 0 ? Any : Build(names);
    }

    /// <summary>The beginnings of declared names as states, and a state for every length of a name that is none of them.</summary>
    private static CodePointDfa Build(List<int[][]> names)
    {
        var states = new List<HashSet<(int Name, int At)>> { new(names.Select((_, name) => (name, 0))) };
        var found = new Dictionary<string, int>(StringComparer.Ordinal) { [KeyOf(states[0], 0)] = 0 };
        var lengths = new List<int> { 0 };
        var edges = new List<CodePointEdge[]>();
        for (int state = 0; state < states.Count; state++)
        {
            var next = new List<CodePointEdge>();
            int at = lengths[state];
            int first = 0;
            IEnumerable<int> values = states[state].Where(open => at < MaxLength && open.At < names[open.Name].Length)
                .SelectMany(open => names[open.Name][open.At]).Distinct().Order();
            foreach (int value in values)
            {
                AddFree(next, first, value - 1, StateOf([], at + 1));
                next.Add(new CodePointEdge(value, value, StateOf(
                    [.. states[state].Where(open => open.At < names[open.Name].Length && names[open.Name][open.At].Contains(value)).Select(open => (open.Name, open.At + 1))],
                    at + 1)));
                first = value + 1;
            }

            if (at < MaxLength)
            {
                AddFree(next, first, CodePointSet.Max, StateOf([], at + 1));
            }

            edges.Add([.. next]);
        }

        return new CodePointDfa(edges, [.. states.Select((open, state) => lengths[state] > 0 && open.All(name => name.At < names[name.Name].Length))]);

        int StateOf(HashSet<(int Name, int At)> open, int length)
        {
            string key = KeyOf(open, length);
            if (!found.TryGetValue(key, out int state))
            {
                found[key] = state = states.Count;
                states.Add(open);
                lengths.Add(length);
            }

            return state;
        }
    }

    private static string KeyOf(HashSet<(int Name, int At)> open, int length) => $"{length}:{string.Join(',', open.Order())}";

    private static void AddFree(List<CodePointEdge> edges, int first, int last, int target)
    {
        foreach ((int low, int high) in new[] { (first, Math.Min(last, FirstSurrogate - 1)), (Math.Max(first, LastSurrogate + 1), last) })
        {
            if (low <= high)
            {
                edges.Add(new CodePointEdge(low, high, target));
            }
        }
    }

    private static int[] VariantsOf(Rune rune) => s_variants.Value.TryGetValue(rune.ToString(), out int[]? variants) ? variants : [rune.Value];

    private static Dictionary<string, int[]> ReadVariants() => Enumerable.Range(0, CodePointSet.Max + 1)
        .Where(Rune.IsValid)
        .Select(value => new Rune(value))
        .Where(rune => Rune.IsLetter(rune) || Rune.ToUpperInvariant(rune) != rune || Rune.ToLowerInvariant(rune) != rune)
        .GroupBy(rune => rune.ToString(), StringComparer.OrdinalIgnoreCase)
        .Where(group => group.Skip(1).Any())
        .ToDictionary(group => group.Key, group => group.Select(rune => rune.Value).Order().ToArray(), StringComparer.OrdinalIgnoreCase);
}
