using System.Collections.Concurrent;

namespace Bridge.Shortlisting;

/// <summary>Room for ranking, kept from prompt to prompt.</summary>
internal sealed class RankScratch
{

    // As many as prompts are ranked at once; what a burst made beyond that is left to the collector.
    private const int MaxKept = 16;

    private static readonly ConcurrentBag<RankScratch> s_kept = [];

    private float[] _whole = [];
    private float[] _scores = [];
    private float[] _best = [];

    /// <summary>The part that is ranked.</summary>
    public QueryUnit Unit { get; } = new();

    /// <summary>The whole prompt.</summary>
    public QueryUnit Whole { get; } = new();

    /// <summary>The candidates of the part that is ranked.</summary>
    public CandidateSet Candidates { get; } = new();

    /// <summary>Room for one row of features.</summary>
    public float[] Row { get; } = new float[RankFeatures.Count];

    /// <summary>A BM25 score for each tool against the whole prompt.</summary>
    public Span<float> WholeScores => _whole.AsSpan(0, Count);

    /// <summary>A BM25 score for each tool against the part.</summary>
    public Span<float> Scores => _scores.AsSpan(0, Count);

    /// <summary>What each tool is ranked by.</summary>
    public Span<float> Best => _best.AsSpan(0, Count);

    private int Count { get; set; }

    /// <summary>Takes room.</summary>
    /// <param name="count">How many tools there are.</param>
    public static RankScratch Rent(int count)
    {
        RankScratch scratch = s_kept.TryTake(out RankScratch? kept) ? kept : new RankScratch();
        if (scratch._whole.Length < count)
        {
            scratch._whole = new float[count];
            scratch._scores = new float[count];
            scratch._best = new float[count];
        }

        scratch.Count = count;
        scratch.WholeScores.Clear();
        scratch.Best.Clear();
        scratch.Candidates.Fit(count);
        return scratch;
    }

    /// <summary>Gives the room back.</summary>
    public void Return()
    {
        if (s_kept.Count < MaxKept)
        {
            s_kept.Add(this);
        }
    }
}
