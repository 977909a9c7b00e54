namespace Bridge.Shortlisting;

/// <summary>Numbers for stems and for pairs of them, the same in every process, so that they can be kept with a tool.</summary>
/// <remarks>Two stems may share a number. That is rare, and then counts as the same word.</remarks>
internal static class TermHash
{
    private const uint Offset = 2_166_136_261;
    private const uint Prime = 16_777_619;

    /// <summary>The number of a stem: FNV-1a, its bits mixed once more.</summary>
    /// <param name="stem">The stem.</param>
    public static uint Of(ReadOnlySpan<char> stem)
    {
        uint hash = Offset;
        foreach (char character in stem)
        {
            hash = (hash ^ character) * Prime;
        }

        hash = (hash ^ (hash >> 15)) * 0x2C1B_3C6D;
        return hash ^ (hash >> 12);
    }

    /// <summary>The number of two words that follow each other.</summary>
    /// <param name="first">The number of the first.</param>
    /// <param name="second">The number of the second.</param>
    public static uint OfPair(uint first, uint second) => (((first * 31) + 17) * 2_654_435_761) ^ second;
}
