using Bridge.Llama.Inference;

namespace Bridge.Llama.Tests.Inference;

/// <summary>A context whose device disappears after some batches.</summary>
internal sealed class LostContext(IModelContext inner, int after) : IModelContext
{
    private int _left = after;

    public int Capacity => inner.Capacity;

    public int Sequences => inner.Sequences;

    public int Decode(TokenBatch batch) => _left-- > 0 ? inner.Decode(batch) : -3;

    public ReadOnlySpan<float> Logits(int index) => inner.Logits(index);

    public void Share(int source, int target, int length) => inner.Share(source, target, length);

    public void Forget(int sequence, int from) => inner.Forget(sequence, from);

    public byte[] Save(int sequence) => inner.Save(sequence);

    public bool Restore(int sequence, ReadOnlySpan<byte> state, int length) => inner.Restore(sequence, state, length);

    public void Dispose() => inner.Dispose();
}
