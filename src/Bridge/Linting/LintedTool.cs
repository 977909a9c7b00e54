using System.Collections.Immutable;

namespace Bridge.Linting;

/// <summary>What was found about one tool.</summary>
/// <param name="Tool">The tool as it was defined.</param>
/// <param name="Findings">What was found, the worst first.</param>
public sealed record LintedTool(ToolDefinition Tool, ImmutableArray<LintFinding> Findings)
{
    /// <summary>How long it is as an API sends it, name, description and schema; <see langword="null"/> when it has no schema.</summary>
    public DefinitionSize? Definition { get; init; }

    /// <summary>How long its signature is; <see langword="null"/> when its schema does not compile.</summary>
    public DefinitionSize? Signature { get; init; }
}

/// <summary>How long a definition is.</summary>
/// <param name="Characters">Its characters.</param>
/// <param name="Tokens">Its tokens, estimated: rather too many than too few.</param>
public readonly record struct DefinitionSize(int Characters, int Tokens);
