using System.Collections.Concurrent;
using System.Text;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Automata;

/// <summary>Automata for texts that stand as they are up to what closes them, and so may not contain it.</summary>
internal static class ClosedTexts
{
    private const int CacheLimit = 1_000;

    private static readonly ConcurrentDictionary<(CodePointDfa Characters, int Min, int Max, string Close, string Unlike), ClosedText> s_texts = new();
    private static readonly ConcurrentDictionary<(string Close, string Unlike), CodePointDfa> s_open = new();

    /// <summary>What ends a text: what closes it, without the white space around.</summary>
    public static string EndOf(string close) => close.Trim() is { Length: > 0 } end ? end : close;

    /// <summary>Whether a text with its close after it is read back as itself.</summary>
    public static bool IsClosed(string text, string close) =>
        (text + close).IndexOf(EndOf(close), StringComparison.Ordinal) == text.Length + close.IndexOf(EndOf(close), StringComparison.Ordinal);

    /// <summary>Makes the automaton.</summary>
    /// <param name="text">The texts.</param>
    /// <param name="close">What closes them.</param>
    /// <param name="unlike">An expression for whole texts that are left out; empty for none.</param>
    public static ClosedText Of(TextMachine text, string close, string unlike)
    {
        if (s_texts.Count >= CacheLimit)
        {
            s_texts.Clear();
            s_open.Clear();
        }

        return s_texts.GetOrAdd((text.Characters, text.Min, text.Max, close, unlike), key => Make(text, close, unlike));
    }

    private static ClosedText Make(TextMachine text, string close, string unlike)
    {
        CodePointDfa open = s_open.GetOrAdd((close, unlike), key => key.Unlike.Length == 0
            ? Before(close)
            : Before(close).Intersect(PatternDfa.Of(EcmaPattern.Compile($"^(?:{unlike})$").Tree, new AutomatonBudget()).Complement()));
        try
        {
            return new ClosedText(TextGraph.Of(open.Intersect(text.Characters), TextSpellings.Plain).Build(text.Min, text.Max), IsLoose: false);
        }
        catch (NotRegularException)
        {
            return new ClosedText(TextGraph.Of(open, TextSpellings.Plain).Build(0, text.Max), IsLoose: true);
        }
    }

    /// <summary>The texts after which a close is the first: the state is how much of its end is written.</summary>
    private static CodePointDfa Before(string close)
    {
        int[] end = CodePoints(EndOf(close));
        int[] whole = CodePoints(close);
        int[] distinct = [.. end.Distinct().Order()];
        int[] back = Borders(end);
        var edges = new List<CodePointEdge[]>();
        var accepts = new List<bool>();
        for (int state = 0; state < end.Length; state++)
        {
            var row = new List<CodePointEdge>();
            foreach (CodePointEdge range in CodePointDfa.All.Edges(0))
            {
                int next = range.First;
                foreach (int value in distinct.Where(value => value >= range.First && value <= range.Last))
                {
                    Add(row, next, value - 1, 0);
                    Add(row, value, value, Step(end, back, state, value));
                    next = value + 1;
                }

                Add(row, next, range.Last, 0);
            }

            edges.Add([.. row.Where(edge => edge.Target < end.Length)]);
            accepts.Add(EndsOnce(end, back, state, whole));
        }

        return new CodePointDfa(edges, accepts);
    }

    private static void Add(List<CodePointEdge> row, int first, int last, int target)
    {
        if (first <= last)
        {
            row.Add(new CodePointEdge(first, last, target));
        }
    }

    private static int Step(int[] end, int[] back, int state, int value)
    {
        while (state > 0 && end[state] != value)
        {
            state = back[state];
        }

        return end[state] == value ? state + 1 : 0;
    }

    private static bool EndsOnce(int[] end, int[] back, int state, int[] whole)
    {
        int place = whole.AsSpan().IndexOf(end);
        for (int i = 0; i < whole.Length; i++)
        {
            state = Step(end, back, state, whole[i]);
            if (state == end.Length)
            {
                return i == place + end.Length - 1;
            }
        }

        return false;
    }

    /// <summary>Per length of a beginning, the longest shorter beginning that it ends with.</summary>
    private static int[] Borders(int[] text)
    {
        int[] borders = new int[text.Length + 1];
        for (int i = 1, length = 0; i < text.Length; i++)
        {
            while (length > 0 && text[i] != text[length])
            {
                length = borders[length];
            }

            borders[i + 1] = length += text[i] == text[length] ? 1 : 0;
        }

        return borders;
    }

    private static int[] CodePoints(string text) => [.. text.EnumerateRunes().Select((Rune rune) => rune.Value)];
}

/// <summary>Texts up to what closes them.</summary>
/// <param name="Machine">The automaton; it may be empty.</param>
/// <param name="IsLoose">Whether it does not follow the rules about the text, which are too many together.</param>
internal sealed record ClosedText(ByteMachine Machine, bool IsLoose);
