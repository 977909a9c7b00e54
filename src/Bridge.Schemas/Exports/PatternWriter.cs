using System.Globalization;
using System.Text;
using Bridge.Schemas.Automata;
using Bridge.Schemas.Patterns;

namespace Bridge.Schemas.Exports;

/// <summary>Writes an automaton over characters as a regular expression that llama.cpp reads as it is meant.</summary>
/// <remarks>
/// llama.cpp copies sets and repetitions of an expression into its grammar as they stand. So sets list what is allowed, never
/// what is not, their characters are escaped as both notations read them, and no set holds what JSON must escape.
/// </remarks>
internal sealed class PatternWriter
{
    private const int MaxLength = 4_000;

    /// <summary>All but quotes, backslashes and control characters.</summary>
    private static readonly (int First, int Last)[] s_plain = [(' ', '!'), ('#', '['), (']', '~'), (0x80, CodePointSet.Max)];

    private readonly CodePointDfa _dfa;
    private readonly HashSet<int> _path = [];
    private int _left = MaxLength;
    private bool _isNarrowed;

    private PatternWriter(CodePointDfa dfa) => _dfa = dfa;

    /// <summary>Writes the expression, without the marks of beginning and end.</summary>
    /// <param name="dfa">The automaton.</param>
    /// <param name="isNarrowed">Whether texts are left out for their characters.</param>
    /// <returns>Empty for the empty text alone; <see langword="null"/> when the expression would be too long, or nothing is left of it.</returns>
    public static string? Write(CodePointDfa dfa, out bool isNarrowed)
    {
        var writer = new PatternWriter(dfa);
        string? pattern = writer.From(0);
        isNarrowed = writer._isNarrowed;
        return writer._left < 0 ? null : pattern;
    }

    /// <summary>What is accepted from a state on; <see langword="null"/> when nothing is, or nothing that can be written.</summary>
    private string? From(int state)
    {
        if (CharacterRun.From(_dfa, state) is { } run)
        {
            return Run(run);
        }

        if (_left < 0 || !_path.Add(state))
        {
            _left = -1; // a circle that is no run
            return null;
        }

        var ways = new List<string>();
        foreach (IGrouping<int, CodePointEdge> group in _dfa.Edges(state).ToArray().GroupBy(edge => edge.Target))
        {
            if (Set([.. group]) is { } set && From(group.Key) is { } rest)
            {
                ways.Add(set + rest);
            }
        }

        _path.Remove(state);
        bool mayEnd = _dfa.Accepts(state);
        return ways.Count switch
        {
            0 => mayEnd ? "" : null,
            1 when !mayEnd => ways[0],
            _ => $"({string.Join('|', ways)}){(mayEnd ? "?" : "")}",
        };
    }

    private string? Run(CharacterRun run)
    {
        if (run.Ranges.Length == 0 || run.Most == 0)
        {
            return "";
        }

        string? set = run.Least > GbnfSpelling.MaxRepeats || run.Most > GbnfSpelling.MaxRepeats ? Fail() : Set(run.Ranges);
        return set is null ? run.Least == 0 ? "" : null : GbnfSpelling.Repeat(set, run.Least, run.Most);
    }

    private string? Fail()
    {
        _left = -1;
        return null;
    }

    /// <summary>One character of a set; <see langword="null"/> when JSON must escape all of them.</summary>
    private string? Set(CodePointEdge[] ranges)
    {
        (int First, int Last)[] plain = [.. ranges.SelectMany(range => Plain(range.First, range.Last))];
        _isNarrowed |= plain.Sum(range => range.Last - range.First + 1) < ranges.Sum(range => range.Last - range.First + 1);
        if (plain.Length == 0)
        {
            return null;
        }

        if (plain is [var (only, end)] && only == end && IsAlphanumeric(only))
        {
            _left--;
            return ((char)only).ToString();
        }

        var set = new StringBuilder("[");
        foreach ((int first, int last) in plain)
        {
            set.Append(Character(first)).Append(last > first ? "-" : "").Append(last > first ? Character(last) : "");
        }

        _left -= set.Length + 1;
        return set.Append(']').ToString();
    }

    private static IEnumerable<(int First, int Last)> Plain(int first, int last) =>
        s_plain.Select(range => (First: Math.Max(first, range.First), Last: Math.Min(last, range.Last))).Where(range => range.First <= range.Last);

    private static bool IsAlphanumeric(int value) => value < 0x80 && char.IsAsciiLetterOrDigit((char)value);

    private static string Character(int value) => value switch
    {
        _ when IsAlphanumeric(value) => ((char)value).ToString(),
        <= 0xFF => "\\x" + value.ToString("X2", CultureInfo.InvariantCulture),
        <= 0xFFFF => "\\u" + value.ToString("X4", CultureInfo.InvariantCulture),
        _ => char.ConvertFromUtf32(value),
    };
}
