namespace Bridge.Llama.Jinja;

/// <summary>A piece of a text that has one origin.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Origin">Who wrote it.</param>
internal readonly record struct TextRun(int Start, int Length, TextOrigin Origin);
