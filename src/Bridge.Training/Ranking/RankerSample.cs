namespace Bridge.Training.Ranking;

/// <summary>One query as the ranker sees it: the tools looked at, each with a row of features for every part that found it.</summary>
/// <param name="Query">The query.</param>
/// <param name="Set">The set it is of.</param>
/// <param name="Tools">The tools.</param>
internal sealed record RankerSample(RankerQuery Query, string Set, RankerSample.SeenTool[] Tools)
{
    /// <summary>Whether two samples are for a common tool.</summary>
    /// <param name="others">The tools of others, each with its set.</param>
    public bool Shares(HashSet<(string Set, int Tool)> others) => Query.Relevant.Any(tool => others.Contains((Set, tool)));

    /// <summary>A tool that was looked at.</summary>
    /// <param name="Place">Its place.</param>
    /// <param name="IsRelevant">Whether the query is for it.</param>
    /// <param name="Rows">Its features.</param>
    internal sealed record SeenTool(int Place, bool IsRelevant, float[][] Rows);
}
