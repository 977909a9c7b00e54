namespace Bridge.Llama.Synthesis;

/// <summary>The numbers that decide how fast a model is.</summary>
/// <param name="Name">A name for files and reports.</param>
/// <param name="Architecture">The architecture, as llama.cpp names it: <c>llama</c> or <c>qwen2</c>.</param>
/// <param name="Layers">The layers.</param>
/// <param name="Embedding">The length of a token's vector.</param>
/// <param name="Heads">The attention heads.</param>
/// <param name="KeyValueHeads">The heads that keep keys and values.</param>
/// <param name="FeedForward">The width inside a layer's feed-forward part.</param>
/// <param name="Vocabulary">The tokens.</param>
/// <param name="Context">The longest context trained for.</param>
/// <param name="RopeBase">The base of the rotary positions.</param>
/// <param name="TiedEmbeddings">Whether the output uses the input's table.</param>
public sealed record ModelShape(
    string Name,
    string Architecture,
    int Layers,
    int Embedding,
    int Heads,
    int KeyValueHeads,
    int FeedForward,
    int Vocabulary,
    int Context,
    float RopeBase,
    bool TiedEmbeddings)
{
    /// <summary>Qwen2.5-0.5B.</summary>
    public static ModelShape Qwen05B { get; } = new("qwen2.5-0.5b", "qwen2", 24, 896, 14, 2, 4864, 151_936, 32_768, 1e6f, true);

    /// <summary>Qwen2.5-3B.</summary>
    public static ModelShape Qwen3B { get; } = new("qwen2.5-3b", "qwen2", 36, 2048, 16, 2, 11_008, 151_936, 32_768, 1e6f, true);

    /// <summary>Llama-3.1-8B, without its stretched rotary positions.</summary>
    public static ModelShape Llama8B { get; } = new("llama-3.1-8b", "llama", 32, 4096, 32, 8, 14_336, 128_256, 131_072, 5e5f, false);

    /// <summary>The length of one head's vectors.</summary>
    public int HeadSize => Embedding / Heads;
}
