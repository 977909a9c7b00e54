using System.Collections.Immutable;

namespace Bridge.Reading;

/// <summary>A text with everything in it that may be an argument.</summary>
internal sealed class RequestReading
{
    private readonly Dictionary<(CandidateKind Kind, int Start, int End), WordReach> _reaches = [];
    private IReadOnlyList<(TextPart Span, string Text)>? _spans;
    private IReadOnlyList<SaidTown>? _towns;

    private RequestReading(RequestText text, IReadOnlyList<Candidate> candidates)
    {
        Text = text;
        Candidates = candidates;
    }

    /// <summary>The text.</summary>
    public RequestText Text { get; }

    /// <summary>The candidates, in no particular order.</summary>
    public IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text, of any length.</param>
    /// <param name="scanners">The scanners, those that go first in front.</param>
    public static RequestReading Read(string text, ImmutableArray<ICandidateScanner> scanners)
    {
        var read = RequestText.Read(text);
        var found = new CandidateList();
        foreach (ICandidateScanner scanner in scanners)
        {
            scanner.Scan(read, found);
        }

        return new RequestReading(read, found.All);
    }

    /// <summary>The runs of words that may be a value, in order; worked out when first asked for.</summary>
    public IReadOnlyList<(TextPart Span, string Text)> Spans => _spans ??= [.. WordSpans.Of(Text).Select(span => (span, Text.Text[span.Start..span.End]))];

    /// <summary>The towns, in order; worked out when first asked for.</summary>
    public IReadOnlyList<SaidTown> Towns => _towns ??= SaidTown.Of(Text);

    /// <summary>The words around a candidate; worked out when first asked for.</summary>
    /// <param name="candidate">The candidate, or what is left of it.</param>
    public WordReach Around(Candidate candidate)
    {
        (CandidateKind, int, int) key = (candidate.Kind, candidate.Start, candidate.End);
        if (!_reaches.TryGetValue(key, out WordReach? reach))
        {
            reach = WordReach.Of(this, candidate);
            _reaches.Add(key, reach);
        }

        return reach;
    }

    /// <summary>Whether a candidate is an item of a list in brackets.</summary>
    /// <param name="candidate">The candidate.</param>
    public bool IsBracketed(Candidate candidate)
    {
        foreach (Candidate other in Candidates)
        {
            if (other.Kind == CandidateKind.Bracketed && candidate.Kind != CandidateKind.Bracketed && other.Overlaps(candidate.Start, candidate.End))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The scanners of every kind, in the order in which they go.</summary>
    /// <param name="clock">Says what day it is.</param>
    public static ImmutableArray<ICandidateScanner> Scanners(TimeProvider clock) =>
    [
        new BlockScanner(), new QuotedScanner(), new AddressScanner(), new DateScanner(clock), new TimeScanner(), new IdentifierScanner(),
        new FormulaScanner(), new NumberScanner(), new TurnaroundScanner(), new BracketScanner(), new NameScanner(), new PhraseScanner(),
    ];
}
