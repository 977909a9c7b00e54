namespace Bridge.Llama.Jinja;

/// <summary>A macro as it is written, or the body of a call block.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Its parameters, each with what it is where nothing is given.</param>
/// <param name="Body">What it writes.</param>
/// <param name="TakesMore">Whether it asks for <c>varargs</c>.</param>
/// <param name="TakesMoreNamed">Whether it asks for <c>kwargs</c>.</param>
internal sealed record MacroDefinition(
    string Name, IReadOnlyList<KeyValuePair<string, Expression?>> Parameters, Block Body, bool TakesMore, bool TakesMoreNamed);
