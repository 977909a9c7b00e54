namespace Bridge.Llama.Gguf;

/// <summary>The sizes that decide what a model's caches and buffers take.</summary>
/// <param name="Layers">The layers.</param>
/// <param name="Embedding">The length of a token's vector.</param>
/// <param name="FeedForward">The widest feed-forward part.</param>
/// <param name="Heads">The most attention heads of a layer.</param>
/// <param name="KeyValueHeads">The heads of each layer that keep keys and values; 0 for a layer without attention.</param>
/// <param name="KeyLength">The length of one head's key.</param>
/// <param name="ValueLength">The length of one head's value.</param>
public sealed record ModelDimensions(
    int Layers, int Embedding, int FeedForward, int Heads, IReadOnlyList<int> KeyValueHeads, int KeyLength, int ValueLength)
{
    // Far more than any model has, and few enough that a hostile file costs nothing.
    private const int MostLayers = 10_000;

    /// <summary>Reads the dimensions.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="architecture">The architecture, which is the prefix of the keys.</param>
    /// <exception cref="GgufException">One is absent or makes no sense.</exception>
    internal static ModelDimensions Read(GgufMetadata metadata, string architecture)
    {
        int layers = Required("block_count");
        if (layers is 0 or > MostLayers)
        {
            throw new GgufException($"The metadata '{architecture}.block_count' must be 1 to {MostLayers}, and is {layers}.");
        }

        int embedding = Required("embedding_length");
        IReadOnlyList<int> heads = metadata.PerLayer($"{architecture}.attention.head_count", layers) ?? [0];
        IReadOnlyList<int> keyValueHeads = metadata.PerLayer($"{architecture}.attention.head_count_kv", layers)
            ?? metadata.PerLayer($"{architecture}.attention.head_count", layers)
            ?? [.. Enumerable.Repeat(0, layers)];
        int most = heads.Max();
        int size = most == 0 ? 0 : embedding / most;
        return new ModelDimensions(
            layers,
            embedding,
            (metadata.PerLayer($"{architecture}.feed_forward_length", layers) ?? [0]).Max(),
            most,
            keyValueHeads,
            metadata.Count($"{architecture}.attention.key_length") ?? size,
            metadata.Count($"{architecture}.attention.value_length") ?? size);

        int Required(string key) => metadata.Count($"{architecture}.{key}")
            ?? throw new GgufException($"The metadata '{architecture}.{key}' is absent: this is not a complete model of the architecture '{architecture}'.");
    }
}
