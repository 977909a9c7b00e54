namespace Bridge.Reading;

/// <summary>A part of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct TextPart(int Start, int End)
{
    /// <summary>Whether a word stands in it.</summary>
    public bool Holds(Word word) => word.Start >= Start && word.End <= End;
}
