using System.Collections.Immutable;
using Bridge.Tools;

namespace Bridge.Training.Ranking;

/// <summary>Cuts a set into small catalogs, so that what is learned does not lean on how rare words are among thousands of tools.</summary>
internal static class SmallCatalogs
{
    /// <summary>Cuts a set.</summary>
    /// <param name="set">The set.</param>
    /// <param name="size">About how many tools each catalog has.</param>
    /// <returns>The small sets; each query stands where its first tool is, with those of its tools that are there too.</returns>
    public static IEnumerable<RankerSet> Cut(RankerSet set, int size)
    {
        int parts = Math.Max(1, set.Tools.Length / size);
        for (int part = 0; part < parts; part++)
        {
            // Every parts-th tool: neighbours in a file are often alike, and then a catalog would be all of one kind.
            int[] places = [.. Enumerable.Range(0, set.Tools.Length).Where(place => place % parts == part)];
            ImmutableArray<Tool> tools = [.. places.Select(place => set.Tools[place])];
            int at = part;
            yield return new RankerSet(set.Name, tools,
                [.. set.Queries.Where(query => query.Relevant[0] % parts == at).Select(query => query with
                {
                    Relevant = [.. query.Relevant.Where(place => place % parts == at).Select(place => place / parts)],
                })]);
        }
    }
}
