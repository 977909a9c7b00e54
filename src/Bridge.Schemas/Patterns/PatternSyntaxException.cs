namespace Bridge.Schemas.Patterns;

/// <summary>A text is not a regular expression of ECMA-262, or one that is not supported.</summary>
internal sealed class PatternSyntaxException(string message) : FormatException(message);
