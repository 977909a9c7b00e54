using System.Collections.Immutable;
using Bridge.Shortlisting;
using Bridge.Tools;

namespace Bridge.Training.Ranking;

/// <summary>Turns queries into samples, with the very code that reads prompts when Bridge runs.</summary>
internal static class SampleReader
{
    /// <summary>Reads the samples of a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="tools">The catalog the queries are asked of; it begins with the set's tools.</param>
    public static List<RankerSample> Read(RankerSet set, ImmutableArray<Tool> tools)
    {
        Bm25Index index = Bm25Index.For(tools);
        return [.. set.Queries.Select(query => Read(index, set.Name, query))];
    }

    private static RankerSample Read(Bm25Index index, string set, RankerQuery query)
    {
        RankScratch scratch = RankScratch.Rent(index.Count);
        var collector = new Collector([]);
        RankReader.Read(index, query.Text, scratch, ref collector);
        scratch.Return();
        return new RankerSample(query, set,
            [.. collector.Rows.OrderBy(tool => tool.Key).Select(tool => new RankerSample.SeenTool(tool.Key, query.Relevant.Contains(tool.Key), [.. tool.Value]))]);
    }

    private readonly struct Collector(Dictionary<int, List<float[]>> rows) : IRankReceiver
    {
        public Dictionary<int, List<float[]>> Rows { get; } = rows;

        public void Receive(int tool, ReadOnlySpan<float> row, int turn)
        {
            if (!Rows.TryGetValue(tool, out List<float[]>? seen))
            {
                Rows[tool] = seen = [];
            }

            seen.Add(row.ToArray());
        }
    }
}
