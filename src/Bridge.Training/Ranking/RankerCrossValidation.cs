using Bridge.Shortlisting;

namespace Bridge.Training.Ranking;

/// <summary>Measures a ranker on queries it has not seen, and for whose tools it has seen no query either.</summary>
internal static class RankerCrossValidation
{
    private const int Folds = 5;

    /// <summary>Ranks every sample by a ranker that learned from others.</summary>
    /// <param name="samples">The samples to rank.</param>
    /// <param name="more">What else there is to learn from a query, by its set and number.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <returns>The samples with the places of their tools, best first.</returns>
    public static List<(RankerSample Sample, int[] Ranked)> Run(
        IReadOnlyList<RankerSample> samples, ILookup<(string Set, int Query), RankerSample> more, CancellationToken cancellationToken)
    {
        var ranked = new List<(RankerSample, int[])>();
        for (int fold = 0; fold < Folds; fold++)
        {
            RankerSample[] held = [.. samples.Where((_, i) => i % Folds == fold)];
            HashSet<RankerSample> heldSet = new(held, ReferenceEqualityComparer.Instance);
            HashSet<(string, int)> heldTools = [.. held.SelectMany(sample => sample.Query.Relevant.Select(tool => (sample.Set, tool)))];
            RankerSample[] learned = [.. samples.Where(sample => !heldSet.Contains(sample) && !sample.Shares(heldTools))];
            RankModel model = LinearFit.Fit([.. learned, .. learned.SelectMany(sample => more[(sample.Set, sample.Query.Number)])], cancellationToken);
            ranked.AddRange(held.Select(sample => (sample, Rank(model, sample))));
        }

        return ranked;
    }

    /// <summary>Ranks the tools of a sample.</summary>
    /// <param name="model">The ranker.</param>
    /// <param name="sample">The sample.</param>
    /// <returns>Their places, best first.</returns>
    public static int[] Rank(RankModel model, RankerSample sample) =>
        [.. sample.Tools.OrderByDescending(tool => tool.Rows.Max(row => model.Score(row))).Select(tool => tool.Place)];
}
