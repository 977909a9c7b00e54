namespace Bridge.Schemas.Compilation;

/// <summary>A schema cannot be compiled: it is malformed, or over a budget that keeps hostile schemas harmless.</summary>
/// <param name="pointer">Where in the schema, as a JSON Pointer; empty for the root.</param>
/// <param name="message">What is wrong, and what is allowed.</param>
public sealed class InvalidSchemaException(string pointer, string message) : FormatException(message)
{
    /// <summary>Where in the schema, as a JSON Pointer; empty for the root.</summary>
    public string Pointer { get; } = pointer;
}
