namespace Bridge.Reading;

/// <summary>A word of a text.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Stem">Its stem.</param>
/// <param name="IsContent">Whether it can say what is meant; articles, pronouns and prepositions cannot.</param>
internal readonly record struct Word(int Start, int End, string Stem, bool IsContent);
