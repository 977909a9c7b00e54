namespace Bridge.Schemas.Shapes;

/// <summary>A keyword of a schema that some other form of the schema cannot express.</summary>
/// <param name="Pointer">The schema that carries the keyword, as a JSON Pointer (RFC 6901).</param>
/// <param name="Keyword">The keyword.</param>
/// <param name="Reason">Why, and what happens instead, as a sentence.</param>
public sealed record SchemaLoss(string Pointer, string Keyword, string Reason);
