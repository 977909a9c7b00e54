using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Formats;
using Bridge.Schemas.Patterns;
using Bridge.Schemas.Validation;

namespace Bridge.Schemas.Shapes;

/// <summary>Reads what is asked of a string.</summary>
internal static class TextReader
{
    private const int CacheLimit = 1_000;
    private static readonly ConcurrentDictionary<string, TextMachine> s_machines = new(StringComparer.Ordinal);

    /// <summary>Reads the shape; <see langword="null"/> when no string is allowed.</summary>
    public static Shape? Read(GoalTable table, Conjunction way)
    {
        int min = way.All<SizeKeyword>().Where(size => size.Kinds == JsonKinds.String && size.IsLower).Select(size => size.Limit).DefaultIfEmpty(0).Max();
        int? max = way.All<SizeKeyword>().Where(size => size.Kinds == JsonKinds.String && !size.IsLower).Select(size => (int?)size.Limit).DefaultIfEmpty(null).Min();
        var patterns = new List<PatternNode>();
        var names = new List<string>();
        foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
        {
            AddPatterns(table, node, keyword, patterns, names);
        }

        int cap = patterns.Count == 0 ? table.Limits.Text : table.Limits.PatternedText;
        var rule = new TextRule(
            [.. way.All<PatternKeyword>().Select(keyword => keyword.Pattern.Source)],
            [.. way.All<FormatKeyword>().Select(keyword => keyword.Format.Name)], min, max);
        TextMachine machine = Build(table, way, patterns, names, min, Math.Min(max ?? int.MaxValue, Math.Max(cap, min)));
        return machine.Bytes.IsEmpty ? null : new TextShape(machine, rule);
    }

    private static void AddPatterns(GoalTable table, SchemaNode node, Keyword keyword, List<PatternNode> patterns, List<string> names)
    {
        ImmutableArray<PatternNode> found;
        string name;
        string text;
        switch (keyword)
        {
            case PatternKeyword pattern:
                (name, text, found) = ("pattern", pattern.Pattern.Source, [pattern.Pattern.Tree]);
                break;
            case FormatKeyword format when FormatPatterns.Of(format.Format.Name) is { } known:
                (name, text, found) = ("format", format.Format.Name, known);
                break;
            case FormatKeyword format:
                table.Lose(node, "format", $"No automaton describes the format '{format.Format.Name}'.");
                return;
            default:
                return;
        }

        try
        {
            // Each alone and all together: one that asks for too much is left to the check, the rest still holds.
            _ = Machine([.. names, $"{name}:{text}"], [.. patterns, .. found], 0, 1);
            patterns.AddRange(found);
            names.Add($"{name}:{text}");
        }
        catch (NotRegularException error)
        {
            table.Lose(node, name, $"No automaton describes '{text}': {error.Message}.");
        }
    }

    private static TextMachine Build(GoalTable table, Conjunction way, List<PatternNode> patterns, List<string> names, int min, int max)
    {
        try
        {
            return Machine(names, patterns, min, max);
        }
        catch (NotRegularException)
        {
            foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
            {
                if (keyword is SizeKeyword { Kinds: JsonKinds.String } size)
                {
                    table.Lose(node, size.Name, "The length is too great to be followed together with the pattern.");
                }
            }

            return Machine(names, patterns, 0, int.MaxValue / 2);
        }
    }

    private static TextMachine Machine(List<string> names, List<PatternNode> patterns, int min, int max)
    {
        string key = $"{min},{max}\n{string.Join('\n', names)}";
        if (s_machines.TryGetValue(key, out TextMachine? machine))
        {
            return machine;
        }

        machine = TextMachines.Of(patterns, min, max);
        if (s_machines.Count >= CacheLimit)
        {
            s_machines.Clear();
        }

        return s_machines.GetOrAdd(key, machine);
    }
}
