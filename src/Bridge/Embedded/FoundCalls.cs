using Bridge.Extraction;

namespace Bridge.Embedded;

/// <summary>The calls that a text would become if it asks for several.</summary>
/// <param name="Calls">The calls, in the order of the text, none twice.</param>
/// <param name="Segments">In how many parts the text falls.</param>
/// <param name="Parts">How many of them ask for a tool.</param>
/// <param name="PartTools">For how many tools they ask.</param>
/// <param name="Listed">How many calls come from values that are listed.</param>
internal sealed record FoundCalls(IReadOnlyList<FoundCall> Calls, int Segments, int Parts, int PartTools, int Listed);

/// <summary>A call that was found.</summary>
/// <param name="Filled">The tool with what was found for it.</param>
/// <param name="Options">The arguments.</param>
/// <param name="Share">How probable it is that the tool is meant, 0 to 1.</param>
internal sealed record FoundCall(FilledTool Filled, IReadOnlyList<Option> Options, double Share);
