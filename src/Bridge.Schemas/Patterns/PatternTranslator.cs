using System.Globalization;
using System.Text;

namespace Bridge.Schemas.Patterns;

/// <summary>Writes a parsed pattern in .NET's syntax, which works on UTF-16 units.</summary>
internal sealed class PatternTranslator
{
    private const string WordSet = "[A-Za-z0-9_]";
    private readonly StringBuilder _text = new();
    private readonly bool _captures;

    private PatternTranslator(bool captures) => _captures = captures;

    /// <summary>Whether the pattern needs an engine that backtracks.</summary>
    public bool Backtracks { get; private set; }

    /// <summary>Translates a pattern.</summary>
    public static (string Text, bool Backtracks) Translate(PatternNode node)
    {
        var translator = new PatternTranslator(HasBackreference(node));
        translator.Write(node);
        return (translator._text.ToString(), translator.Backtracks);
    }

    private static bool HasBackreference(PatternNode node) => node switch
    {
        BackreferenceNode => true,
        SequenceNode sequence => sequence.Parts.Any(HasBackreference),
        ChoiceNode choice => choice.Options.Any(HasBackreference),
        RepeatNode repeat => HasBackreference(repeat.Body),
        CaptureNode capture => HasBackreference(capture.Body),
        LookNode look => HasBackreference(look.Body),
        _ => false,
    };

    private void Write(PatternNode node)
    {
        switch (node)
        {
            case SetNode set:
                WriteSet(set.Set);
                break;
            case SequenceNode sequence:
                foreach (PatternNode part in sequence.Parts)
                {
                    Write(part);
                }

                break;
            case ChoiceNode choice:
                WriteChoice(choice);
                break;
            case RepeatNode repeat:
                WriteRepeat(repeat);
                break;
            case CaptureNode capture:
                WriteGroup(_captures ? "(" : "(?:", capture.Body);
                break;
            case BackreferenceNode reference:
                Backtracks = true;

                // A group that did not take part matches the empty text in ECMA-262, and nothing in .NET.
                _text.Append(CultureInfo.InvariantCulture, $"(?({reference.Number})\\{reference.Number}|)");
                break;
            case LookNode look:
                Backtracks = true;
                WriteGroup($"(?{(look.Behind ? "<" : "")}{(look.Negated ? "!" : "=")}", look.Body);
                break;
            case AnchorNode anchor:
                WriteAnchor(anchor.Kind);
                break;
        }
    }

    private void WriteGroup(string opening, PatternNode body)
    {
        _text.Append(opening);
        Write(body);
        _text.Append(')');
    }

    private void WriteChoice(ChoiceNode choice)
    {
        _text.Append("(?:");
        for (int i = 0; i < choice.Options.Length; i++)
        {
            _text.Append(i == 0 ? "" : "|");
            Write(choice.Options[i]);
        }

        _text.Append(')');
    }

    private void WriteRepeat(RepeatNode repeat)
    {
        WriteGroup("(?:", repeat.Body);
        _text.Append(CultureInfo.InvariantCulture, $"{{{repeat.Min},{repeat.Max}}}").Append(repeat.Lazy ? "?" : "");
    }

    private void WriteAnchor(AnchorKind kind)
    {
        switch (kind)
        {
            case AnchorKind.Start:
                _text.Append('^');
                break;
            case AnchorKind.End:
                _text.Append("\\z");
                break;
            default:
                // .NET's own \b knows letters of all languages, that of ECMA-262 only those of ASCII.
                Backtracks = true;
                _text.Append(kind == AnchorKind.WordBoundary
                    ? $"(?:(?<={WordSet})(?!{WordSet})|(?<!{WordSet})(?={WordSet}))"
                    : $"(?:(?<={WordSet})(?={WordSet})|(?<!{WordSet})(?!{WordSet}))");
                break;
        }
    }

    private void WriteSet(CodePointSet set)
    {
        var plain = new StringBuilder();
        var pairs = new StringBuilder();
        foreach ((int first, int last) in set.Ranges)
        {
            // Surrogates are halves of code points: they match in pairs or not at all.
            AppendPlain(plain, first, Math.Min(last, 0xD7FF));
            AppendPlain(plain, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
            AppendPairs(pairs, Math.Max(first, 0x10000), last);
        }

        if (pairs.Length == 0)
        {
            _text.Append(plain.Length == 0 ? "[^\\s\\S]" : $"[{plain}]");
        }
        else
        {
            _text.Append("(?:").Append(plain.Length == 0 ? "" : $"[{plain}]|").Append(pairs, 0, pairs.Length - 1).Append(')');
        }
    }

    private static void AppendPlain(StringBuilder text, int first, int last)
    {
        if (first <= last)
        {
            text.Append(CultureInfo.InvariantCulture, $"\\u{first:X4}");
            if (last > first)
            {
                text.Append(CultureInfo.InvariantCulture, $"-\\u{last:X4}");
            }
        }
    }

    private static void AppendPairs(StringBuilder text, int first, int last)
    {
        while (first <= last)
        {
            int high = 0xD800 + ((first - 0x10000) >> 10);
            int low = 0xDC00 + ((first - 0x10000) & 0x3FF);
            int endHigh = 0xD800 + ((last - 0x10000) >> 10);
            int endLow = 0xDC00 + ((last - 0x10000) & 0x3FF);
            if (low == 0xDC00 && (endHigh > high || endLow == 0xDFFF))
            {
                int full = endLow == 0xDFFF ? endHigh : endHigh - 1;
                AppendPair(text, high, full, 0xDC00, 0xDFFF);
                first = 0x10000 + ((full - 0xD800 + 1) << 10);
            }
            else
            {
                int end = endHigh == high ? endLow : 0xDFFF;
                AppendPair(text, high, high, low, end);
                first += end - low + 1;
            }
        }
    }

    private static void AppendPair(StringBuilder text, int high, int highEnd, int low, int lowEnd) => text.Append(
        CultureInfo.InvariantCulture, $"[\\u{high:X4}-\\u{highEnd:X4}][\\u{low:X4}-\\u{lowEnd:X4}]|");
}
