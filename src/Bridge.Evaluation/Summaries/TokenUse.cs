namespace Bridge.Evaluation.Summaries;

/// <summary>The tokens that answers took, all attempts of one together.</summary>
/// <param name="Answers">Answers whose tokens were counted.</param>
/// <param name="Input">Tokens read.</param>
/// <param name="Output">Tokens written.</param>
public sealed record TokenUse(int Answers, long Input, long Output)
{
    internal static TokenUse? Of(IReadOnlyCollection<ScoredAnswer> answers)
    {
        ScoredAnswer[] known = [.. answers.Where(answer => answer.Prediction.Attempts.Any(attempt => attempt.InputTokens is not null || attempt.OutputTokens is not null))];
        return known.Length == 0
            ? null
            : new TokenUse(
                known.Length,
                known.Sum(answer => answer.Prediction.Attempts.Sum(attempt => attempt.InputTokens ?? 0)),
                known.Sum(answer => answer.Prediction.Attempts.Sum(attempt => attempt.OutputTokens ?? 0)));
    }
}
