namespace Bridge.Linting;

/// <summary>One thing to say about the definition of a tool.</summary>
/// <param name="Level">How bad it is.</param>
/// <param name="Code">A stable code in kebab case; each has a row in <c>docs/tools.md</c>.</param>
/// <param name="Pointer">Where in the input schema, as a JSON Pointer; <see langword="null"/> when it is not about the schema.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="Cure">What to do.</param>
public sealed record LintFinding(LintLevel Level, string Code, string? Pointer, string Message, string Cure);

/// <summary>How bad a finding is.</summary>
public enum LintLevel
{
    /// <summary>Worth knowing.</summary>
    Note,

    /// <summary>Models or APIs will have trouble with it.</summary>
    Warning,

    /// <summary>The tool cannot be offered or cannot be called.</summary>
    Error,
}
