using Bridge.Llama.Decoding;
using Bridge.Llama.Masks;

namespace Bridge.Llama.Tests.Inference;

/// <summary>Takes the most likely token that ends nothing for a while, and counts between which choices the engine's thread allocated.</summary>
internal sealed class MeasuringChooser : ITokenChooser
{
    private readonly int _letter = TinyModels.Tokens("a")[0];
    private long _before;

    public int Steps { get; private set; }

    public int AllocatingSteps { get; private set; }

    public void Begin() => (Steps, AllocatingSteps, _before) = (0, 0, -1);

    public int Choose(TokenMask mask, ReadOnlySpan<float> logits, int best, ReadOnlySpan<byte> written)
    {
        long now = GC.GetAllocatedBytesForCurrentThread();
        AllocatingSteps += _before >= 0 && now > _before ? 1 : 0;
        Steps++;
        _before = GC.GetAllocatedBytesForCurrentThread();
        return Steps < 60 && mask.Allows(_letter) ? _letter : best;
    }
}
