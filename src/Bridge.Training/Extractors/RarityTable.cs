using Bridge.Slots;
using Bridge.Tools;
using Bridge.Weights;

namespace Bridge.Training.Extractors;

/// <summary>Counts how rare words are among the definitions of tools.</summary>
internal static class RarityTable
{
    private const int Size = 1 << 15;

    /// <summary>Counts.</summary>
    /// <param name="tools">The tools; those of one name count once.</param>
    /// <returns>The table of <see cref="Rarity"/>.</returns>
    public static byte[] Of(IEnumerable<Tool> tools)
    {
        int[] counts = new int[Size];
        int all = 0;
        foreach (Tool tool in tools.DistinctBy(tool => tool.Id.Name))
        {
            all++;
            foreach (uint place in ToolCard.Of(tool).AllStems.Select(stem => FeatureHash.Of(stem) & (Size - 1)).Distinct())
            {
                counts[place]++;
            }
        }

        return [.. counts.Select(count => Rarity.Quantize(Math.Log((all + 1.0) / (count + 1.0))))];
    }
}
