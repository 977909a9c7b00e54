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
    private static readonly ConcurrentDictionary<string, CodePointDfa> s_rules = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<(string Rules, int Min, int Max), TextMachine> s_machines = new();

    /// <summary>Reads the shape; <see langword="null"/> when no string is allowed.</summary>
    public static Shape? Read(GoalTable table, Conjunction way)
    {
        int min = way.All<SizeKeyword>().Where(size => size.Kinds == JsonKinds.String && size.IsLower).Select(size => size.Limit).DefaultIfEmpty(0).Max();
        int? max = way.All<SizeKeyword>().Where(size => size.Kinds == JsonKinds.String && !size.IsLower).Select(size => (int?)size.Limit).DefaultIfEmpty(null).Min();
        var followed = new List<Keyword>();
        (string rules, CodePointDfa characters) = ReadRules(table, way, followed);
        int cap = rules.Length == 0 ? table.Limits.Text : table.Limits.PatternedText;
        TextMachine machine = Build(table, way, rules, characters, min, Math.Min(max ?? int.MaxValue, Math.Max(cap, min)));
        var rule = new TextRule(
            [.. followed.OfType<PatternKeyword>().Select(keyword => keyword.Pattern.Source)],
            [.. followed.OfType<FormatKeyword>().Select(keyword => keyword.Format.Name)], min, max);
        return machine.Bytes.IsEmpty ? null : new TextShape(machine, rule);
    }

    /// <summary>The patterns and formats together; one that asks for too much is left to the check, the rest still holds.</summary>
    private static (string Rules, CodePointDfa Characters) ReadRules(GoalTable table, Conjunction way, List<Keyword> followed)
    {
        string rules = "";
        CodePointDfa characters = CodePointDfa.All;
        foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
        {
            (string name, string text, ImmutableArray<PatternNode>? patterns) = keyword switch
            {
                PatternKeyword pattern => ("pattern", pattern.Pattern.Source, [pattern.Pattern.Tree]),
                FormatKeyword format => ("format", format.Format.Name, FormatPatterns.Of(format.Format.Name)),
                _ => ("", "", default(ImmutableArray<PatternNode>?)),
            };
            try
            {
                if (patterns is { } found)
                {
                    string more = $"{rules}{name}:{text.Length}:{text}";
                    characters = Cached(s_rules, more, () => found.Aggregate(characters, (all, pattern) => all.Intersect(PatternDfa.Of(pattern, table.Automata))));
                    rules = more;
                    followed.Add(keyword);
                }
                else if (name.Length > 0)
                {
                    table.Lose(node, name, $"No automaton describes '{text}': it is not regular.");
                }
            }
            catch (NotRegularException error)
            {
                table.Lose(node, name, $"No automaton describes '{text}': {error.Message}.");
            }
        }

        return (rules, characters);
    }

    private static TextMachine Build(GoalTable table, Conjunction way, string rules, CodePointDfa characters, int min, int max)
    {
        try
        {
            TextMachine machine = Cached(s_machines, (rules, min, max), () => TextMachines.Of(characters, min, max));
            table.Automata.SpendStates(rules.Length == 0 ? 0 : machine.Bytes.Count);
            return machine;
        }
        catch (NotRegularException)
        {
            foreach ((SchemaNode node, Keyword keyword) in way.Keywords)
            {
                string? name = keyword switch
                {
                    SizeKeyword { Kinds: JsonKinds.String } size => size.Name,
                    PatternKeyword => "pattern",
                    FormatKeyword => "format",
                    _ => null,
                };
                if (name is not null)
                {
                    table.Lose(node, name, "The rules about this text need too many states together.");
                }
            }

            int loose = table.Limits.Text;
            return Cached(s_machines, ("", 0, loose), () => TextMachines.Of(CodePointDfa.All, 0, loose));
        }
    }

    private static TValue Cached<TKey, TValue>(ConcurrentDictionary<TKey, TValue> cache, TKey key, Func<TValue> make)
        where TKey : notnull
    {
        if (cache.TryGetValue(key, out TValue? known))
        {
            return known;
        }

        if (cache.Count >= CacheLimit)
        {
            cache.Clear();
        }

        return cache.GetOrAdd(key, make());
    }
}
