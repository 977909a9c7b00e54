using System.Collections.Immutable;

namespace Bridge.Reading;

/// <summary>A part of the text that may be an argument.</summary>
/// <param name="Kind">What it looks like.</param>
/// <param name="Start">Where it begins, marks around it included.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Text">Its text, without the marks around it.</param>
internal sealed record Candidate(CandidateKind Kind, int Start, int End, string Text)
{
    /// <summary>The value of a number.</summary>
    public decimal Number { get; init; }

    /// <summary>Whether the number is a percentage.</summary>
    public bool Percent { get; init; }

    /// <summary>The unit behind a number, or the currency before it; empty when there is none.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Whether it is less likely meant than others of its kind: an ordinal, or <c>one</c>.</summary>
    public bool Weak { get; init; }

    /// <summary>The date of a date; <see langword="null"/> when it is only named.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The time of a time of day.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>The stem of the little word right before; empty when there is none.</summary>
    public string Lead { get; init; } = "";

    /// <summary>The place in the order in which arguments are meant; where it begins, unless the sentence turns it around.</summary>
    public int Order { get; init; } = Start;

    /// <summary>The items of a list in brackets.</summary>
    public ImmutableArray<string> Items { get; init; } = [];

    /// <summary>Whether it shares characters with another part.</summary>
    /// <param name="start">Where that begins.</param>
    /// <param name="end">Where that ends.</param>
    public bool Overlaps(int start, int end) => Start < end && start < End;
}
