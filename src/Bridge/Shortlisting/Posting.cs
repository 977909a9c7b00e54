namespace Bridge.Shortlisting;

/// <summary>That a term stands in a tool.</summary>
/// <param name="Tool">The tool's place.</param>
/// <param name="Impact">What the term adds to the tool's BM25 score.</param>
/// <param name="Fields">The fields it stands in, a bit each (<see cref="ToolField"/>).</param>
internal readonly record struct Posting(int Tool, float Impact, byte Fields);
