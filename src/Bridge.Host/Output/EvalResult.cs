using System.Collections.Immutable;
using Bridge.Evaluation.Calibrating;
using Bridge.Evaluation.Records;
using Bridge.Evaluation.Retrieval;
using Bridge.Evaluation.Summaries;

namespace Bridge.Host.Output;

/// <summary>What <c>bridge eval</c> shows.</summary>
/// <param name="Summary">What the caller was measured to do; <see langword="null"/> when there were no records.</param>
/// <param name="Problems">The lines that were left out.</param>
internal sealed record EvalResult(EvalSummary? Summary, ImmutableArray<RecordProblem> Problems)
{
    /// <summary>How many predictions were there before.</summary>
    public int Kept { get; init; }

    /// <summary>How the caller had better be treated; <see langword="null"/> when that was not asked.</summary>
    public CallerAdvice? Advice { get; init; }

    /// <summary>What a wrong call of a tool that may change something was taken to cost, in right answers.</summary>
    public double Cost { get; init; }

    /// <summary>What the shortlister was measured to do; empty when it was not.</summary>
    public ImmutableArray<RetrievalScore> Retrieval { get; init; } = [];

    /// <summary>How long one picking took.</summary>
    public Latency? Picking { get; init; }
}
