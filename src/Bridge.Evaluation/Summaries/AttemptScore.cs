namespace Bridge.Evaluation.Summaries;

/// <summary>How often a caller was asked.</summary>
/// <param name="Answers">Answers whose attempts are known.</param>
/// <param name="Attempts">Their attempts.</param>
/// <param name="Proposals">Answers whose first attempt proposed calls.</param>
/// <param name="ValidAtFirst">Those of them whose calls were all valid.</param>
public sealed record AttemptScore(int Answers, int Attempts, int Proposals, int ValidAtFirst)
{
    /// <summary>Attempts for each answer; <see langword="null"/> when unknown.</summary>
    public double? Mean => Answers == 0 ? null : Attempts / (double)Answers;

    /// <summary>The share of first proposals that were valid, 0 to 1; <see langword="null"/> when none was made.</summary>
    public double? ValidAtFirstShare => Proposals == 0 ? null : ValidAtFirst / (double)Proposals;

    internal static AttemptScore Of(IReadOnlyCollection<ScoredAnswer> answers)
    {
        ScoredAnswer[] known = [.. answers.Where(answer => !answer.Prediction.Attempts.IsEmpty)];
        string[] first = [.. known.Select(answer => answer.Prediction.Attempts[0].Result)];
        return new AttemptScore(
            known.Length,
            known.Sum(answer => answer.Prediction.Attempts.Length),
            first.Count(result => result is "valid" or "invalid"),
            first.Count(result => result is "valid"));
    }
}
