using System.Collections.Immutable;
using System.Diagnostics;
using Bridge.Evaluation.Summaries;
using Bridge.Prompts;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Evaluation.Retrieval;

/// <summary>How many of the tools that serve a question are among the first that a shortlister picks.</summary>
/// <param name="Kind">The kind of questions; <c>all</c> for all.</param>
/// <param name="Queries">How many questions.</param>
/// <param name="Recall">The mean share of a question's tools among the first so many, 0 to 1, for each of <see cref="Counts"/>.</param>
public sealed record RetrievalScore(string Kind, int Queries, ImmutableArray<double> Recall)
{
    /// <summary>Among how many first tools it is looked: 1, 5 and 10.</summary>
    public static ImmutableArray<int> Counts { get; } = [1, 5, 10];

    /// <summary>Measures a shortlister.</summary>
    /// <param name="set">The tools and questions.</param>
    /// <param name="shortlister">The shortlister.</param>
    /// <param name="step">Hears of each question that was asked.</param>
    /// <param name="cancellationToken">Ends the measuring.</param>
    /// <returns>The scores by kind and at last of all, and how long one picking took.</returns>
    public static async Task<(ImmutableArray<RetrievalScore> Scores, Latency? Latency)> MeasureAsync(
        RetrievalSet set, IShortlister shortlister, Action step, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentNullException.ThrowIfNull(shortlister);
        ArgumentNullException.ThrowIfNull(step);
        var times = new List<double>();
        var found = new List<(string Kind, double[] Recall)>();
        foreach (RetrievalQuery query in set.Queries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Prompt prompt = query.Text;
            double[] recall = new double[Counts.Length];
            for (int i = 0; i < recall.Length; i++)
            {
                recall[i] = RecallOf(query, await PickAsync(prompt, Counts[i]).ConfigureAwait(false));
            }

            found.Add((query.Kind, recall));
            step();
        }

        ImmutableArray<RetrievalScore> scores =
        [
            .. found.GroupBy(query => query.Kind, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Mean(group.Key, [.. group.Select(query => query.Recall)])),
            Mean("all", [.. found.Select(query => query.Recall)]),
        ];
        return (scores, Latency.Of(times));

        async ValueTask<ImmutableArray<Tool>> PickAsync(Prompt prompt, int count)
        {
            long start = Stopwatch.GetTimestamp();
            ImmutableArray<Tool> picked = await shortlister.PickAsync(prompt, set.Tools, count, cancellationToken).ConfigureAwait(false);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return picked;
        }
    }

    private static double RecallOf(RetrievalQuery query, ImmutableArray<Tool> picked)
    {
        HashSet<string> names = [.. picked.Select(tool => tool.Id.Name)];
        return query.Relevant.Count(names.Contains) / (double)query.Relevant.Length;
    }

    private static RetrievalScore Mean(string kind, double[][] recalls) => new(
        kind, recalls.Length, [.. Counts.Select((_, i) => recalls.Length == 0 ? 0 : recalls.Average(recall => recall[i]))]);
}
