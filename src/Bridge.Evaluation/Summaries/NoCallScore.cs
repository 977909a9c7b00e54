using Bridge.Evaluation.Records;

namespace Bridge.Evaluation.Summaries;

/// <summary>How well a caller knows when no call is right.</summary>
/// <param name="Right">Records for which none is right, and none was proposed.</param>
/// <param name="Proposed">Records for which none was proposed.</param>
/// <param name="Actual">Records for which none is right.</param>
public sealed record NoCallScore(int Right, int Proposed, int Actual)
{
    /// <summary>The share of "no call" that was right, 0 to 1; <see langword="null"/> when it was never the answer.</summary>
    public double? Precision => Proposed == 0 ? null : Right / (double)Proposed;

    /// <summary>The share that was found of the records for which no call is right, 0 to 1; <see langword="null"/> when there are none.</summary>
    public double? Recall => Actual == 0 ? null : Right / (double)Actual;

    internal static NoCallScore Of(IReadOnlyCollection<ScoredAnswer> answers) => new(
        answers.Count(answer => !answer.Called && answer.Record.Check == EvalCheck.NoCall),
        answers.Count(answer => !answer.Called),
        answers.Count(answer => answer.Record.Check == EvalCheck.NoCall));
}
