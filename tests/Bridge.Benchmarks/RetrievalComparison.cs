using Bridge.Shortlisting;
using Bridge.TestKit;
using Bridge.Training.Ranking;

namespace Bridge.Benchmarks;

/// <summary>How many of the tools that public queries are for are picked out of thousands: BM25 alone and ranked again, side by side.</summary>
internal static class RetrievalComparison
{
    /// <summary>Compares.</summary>
    public static void Run()
    {
        RankerSet few = RankerData.ReadRetrieval(TestData.Find("eval/retrieval")!);
        foreach (RankerSet set in new[] { few, RetrievalSet.Read() })
        {
            var index = Bm25Index.For(set.Tools);
            var ranked = new RankedShortlister();
            var places = set.Tools.Select((tool, place) => (tool, place)).ToDictionary(tool => tool.tool, tool => tool.place);
            Console.WriteLine($"{set.Tools.Length} tools");
            foreach (IGrouping<string, RankerQuery> kind in set.Queries.GroupBy(query => query.Kind).Append(All(set)))
            {
                Write(kind, "BM25 alone", (query, count) => RetrievalSet.PickByWords(index, query.Text, count));
                Write(kind, "ranked", (query, count) => [.. ranked.Pick(query.Text, set.Tools, count).Select(tool => places[tool])]);
            }
        }
    }

    private static IGrouping<string, RankerQuery> All(RankerSet set) => set.Queries.GroupBy(_ => "all").Single();

    private static void Write(IGrouping<string, RankerQuery> kind, string way, Func<RankerQuery, int, int[]> pick)
    {
        string recalls = string.Join("  ", new[] { 1, 5, 10 }.Select(count =>
            $"@{count} {kind.Average(query => pick(query, count).Count(query.Relevant.Contains) / (double)query.Relevant.Length):P1}"));
        Console.WriteLine($"  {kind.Key,-10} {way,-10} {recalls}");
    }
}
