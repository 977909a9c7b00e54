namespace Bridge.Schemas.Validation;

/// <summary>One thing that is wrong with an instance.</summary>
/// <param name="Pointer">Where, as a JSON Pointer (RFC 6901) into the instance; empty for the root.</param>
/// <param name="Keyword">The schema keyword that was violated, such as <c>required</c>.</param>
/// <param name="Message">A sentence for a developer: what is wrong, and what is allowed.</param>
/// <param name="Hint">A compact form fit to feed back to a small model.</param>
public sealed record ValidationError(string Pointer, string Keyword, string Message, string Hint);
