using System.Collections.Immutable;
using Bridge.Prompts;
using Bridge.Tools;

namespace Bridge.Evaluation.Records;

/// <summary>A prompt, the tools it is offered with, and what is right. Immutable.</summary>
/// <param name="Id">Its id, unique in an evaluation.</param>
/// <param name="Category">What its score counts for.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Tools">The tools.</param>
/// <param name="Check">When calls are right.</param>
public sealed record EvalRecord(string Id, string Category, Prompt Prompt, ImmutableArray<Tool> Tools, EvalCheck Check)
{
    /// <summary>Whether tools alone are compared, and no arguments.</summary>
    public bool IsToolChoice => Check is EvalCheck.Tools or EvalCheck.SomeTools;

    /// <summary>The calls that are right, where <see cref="Check"/> is <see cref="EvalCheck.Calls"/>; calls of the tools that are, without arguments, where tools alone are compared.</summary>
    public ImmutableArray<ExpectedCall> Expected { get; init; } = [];

    /// <summary>The declared types of each expected tool, by its name.</summary>
    public ImmutableDictionary<string, DeclaredTool> Declared { get; init; } = ImmutableDictionary<string, DeclaredTool>.Empty;

    /// <summary>A hash of the line it was read from: a prediction counts for this content alone.</summary>
    public string Hash { get; init; } = "";
}
