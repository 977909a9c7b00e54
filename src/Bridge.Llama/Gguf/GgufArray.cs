namespace Bridge.Llama.Gguf;

/// <summary>A list in the metadata.</summary>
/// <param name="ElementType">What it consists of.</param>
/// <param name="Count">How many elements it has; all were found to be there.</param>
/// <param name="Integers">The elements where they are whole numbers and at most <see cref="KeptElements"/>; else empty.</param>
public sealed record GgufArray(GgufValueType ElementType, long Count, IReadOnlyList<long> Integers)
{
    /// <summary>Longer lists, such as a vocabulary, are counted and not kept.</summary>
    public const int KeptElements = 4096;
}
