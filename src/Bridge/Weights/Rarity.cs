namespace Bridge.Weights;

/// <summary>How rare words are among the definitions of tools: a rare word that is said tells more. Immutable.</summary>
/// <param name="table">The logarithm of the share of tools that do not hold a word, in twentieths, by the word's hash; its length is a power of two.</param>
internal sealed class Rarity(byte[] table)
{
    private const double Step = 1 / 20.0;

    /// <summary>The table.</summary>
    public ReadOnlySpan<byte> Table => table;

    /// <summary>How rare a word is.</summary>
    /// <param name="stem">The word's stem.</param>
    /// <returns>0 for a word that every tool holds, about 9 for one that none of 10,000 does.</returns>
    public double Of(ReadOnlySpan<char> stem) => table[FeatureHash.Of(stem) & (uint)(table.Length - 1)] * Step;

    /// <summary>Writes a rarity as the table holds it.</summary>
    public static byte Quantize(double rarity) => (byte)Math.Clamp(Math.Round(rarity / Step), 0, byte.MaxValue);
}
