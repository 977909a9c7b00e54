namespace Bridge.Schemas.Shapes;

/// <summary>Bounds of values where the schema sets none.</summary>
/// <param name="Text">The most characters of a string.</param>
/// <param name="PatternedText">The most characters of a string with a pattern or a format.</param>
internal sealed record ShapeLimits(int Text, int PatternedText);
