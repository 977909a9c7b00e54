using Bridge.Llama.Masks;

namespace Bridge.Llama.Decoding;

/// <summary>Chooses one of the tokens that may follow.</summary>
internal interface ITokenChooser
{
    /// <summary>Chooses.</summary>
    /// <param name="mask">The tokens that may follow, at least one.</param>
    /// <param name="logits">What the model says of every token.</param>
    /// <param name="best">The most likely of those that may follow.</param>
    /// <param name="written">The body so far.</param>
    int Choose(TokenMask mask, ReadOnlySpan<float> logits, int best, ReadOnlySpan<byte> written);
}
