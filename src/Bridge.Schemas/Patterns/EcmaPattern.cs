using System.Text.RegularExpressions;

namespace Bridge.Schemas.Patterns;

/// <summary>A regular expression of ECMA-262, compiled; it matches anywhere in a text, as <c>pattern</c> demands.</summary>
internal sealed class EcmaPattern
{
    /// <summary>The longest pattern that is accepted, in characters.</summary>
    public const int MaxLength = 4096;

    /// <summary>How long one match may take where the engine may backtrack.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMilliseconds(100);

    private readonly Regex _regex;

    private EcmaPattern(string source, PatternNode tree, Regex regex)
    {
        Source = source;
        Tree = tree;
        _regex = regex;
        IsLinear = regex.Options.HasFlag(RegexOptions.NonBacktracking);
    }

    /// <summary>The pattern as written.</summary>
    public string Source { get; }

    /// <summary>The pattern, parsed.</summary>
    public PatternNode Tree { get; }

    /// <summary>Whether matching takes time in proportion to the text, whatever the text.</summary>
    public bool IsLinear { get; }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="PatternSyntaxException">It is malformed, not supported, or too big.</exception>
    public static EcmaPattern Compile(string source)
    {
        if (source.Length > MaxLength)
        {
            throw new PatternSyntaxException($"it is longer than {MaxLength} characters");
        }

        PatternNode tree = PatternParser.Parse(source);
        (string text, bool backtracks) = PatternTranslator.Translate(tree);
        return new EcmaPattern(source, tree, (backtracks ? null : TryLinear(text)) ?? Backtracking(text));
    }

    /// <summary>Whether a text is a well-formed pattern.</summary>
    public static bool IsWellFormed(string source)
    {
        try
        {
            PatternParser.Parse(source);
            return true;
        }
        catch (PatternSyntaxException)
        {
            return false;
        }
    }

    /// <summary>Looks for a match; <see langword="null"/> when the time ran out.</summary>
    public bool? Matches(ReadOnlySpan<char> text)
    {
        try
        {
            return _regex.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static Regex? TryLinear(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeLimit);
        }
        catch (NotSupportedException)
        {
            // The automaton would be too big; the time limit takes over.
            return null;
        }
    }

    private static Regex Backtracking(string text)
    {
        try
        {
            return new Regex(text, RegexOptions.CultureInvariant, TimeLimit);
        }
        catch (ArgumentException error)
        {
            throw new PatternSyntaxException($"it is too complex ({error.Message})");
        }
    }
}
