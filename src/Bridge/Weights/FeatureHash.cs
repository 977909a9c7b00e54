using Bridge.Shortlisting;

namespace Bridge.Weights;

/// <summary>Makes numbers of what a model sees: the same on every machine and in every process, for weights are found by them.</summary>
internal static class FeatureHash
{
    /// <summary>The number of a word.</summary>
    /// <param name="stem">The word's stem.</param>
    public static uint Of(ReadOnlySpan<char> stem) => TermHash.Of(stem);

    /// <summary>The number of two things that hold together.</summary>
    public static uint Of(uint first, uint second)
    {
        uint hash = (first * 0x9E3779B1u) ^ (second + 0x7F4A7C15u + (first << 6) + (first >> 2));
        hash = (hash ^ (hash >> 15)) * 0x85EBCA77u;
        return hash ^ (hash >> 13);
    }
}
