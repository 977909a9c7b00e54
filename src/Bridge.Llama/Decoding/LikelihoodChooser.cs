using Bridge.Llama.Masks;

namespace Bridge.Llama.Decoding;

/// <summary>Takes the most likely token, or draws one by its likelihood.</summary>
/// <param name="temperature">0 takes the most likely; the greater, the more even the draw.</param>
/// <param name="seed">The same seed draws the same.</param>
internal sealed class LikelihoodChooser(double temperature, int seed) : ITokenChooser
{
    private readonly Random _random = new(seed);

    /// <inheritdoc/>
    public int Choose(TokenMask mask, ReadOnlySpan<float> logits, int best, ReadOnlySpan<byte> written) =>
        temperature <= 0 ? best : mask.Draw(logits, temperature, _random.NextDouble());
}
