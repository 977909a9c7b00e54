using System.Collections.Immutable;

namespace Bridge.Evaluation.Records;

/// <summary>What files hold: the records that can be scored, and what is wrong with the rest.</summary>
/// <param name="Records">The records, in the order of files and lines.</param>
/// <param name="Problems">The lines that are left out.</param>
/// <param name="Notes">What was left aside without loss for the score, a sentence each.</param>
public sealed record EvalSet(ImmutableArray<EvalRecord> Records, ImmutableArray<RecordProblem> Problems, ImmutableArray<string> Notes);

/// <summary>A line that is left out of the score.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Id">The record's id; <see langword="null"/> where it cannot be read.</param>
/// <param name="Kind">Whether the line cannot be read or contradicts itself.</param>
/// <param name="Message">What is wrong, and what is allowed.</param>
public sealed record RecordProblem(string File, int Line, string? Id, RecordProblemKind Kind, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}, line {Line}{(Id is null ? "" : $" ('{Id}')")}: {Message}";
}

/// <summary>Why a line is left out.</summary>
public enum RecordProblemKind
{
    /// <summary>It cannot be read.</summary>
    Broken,

    /// <summary>What it says is right contradicts itself.</summary>
    Contradictory,
}
