using System.Runtime.InteropServices;
using Bridge.Llama.Native;

namespace Bridge.Llama.Inference;

/// <summary>Tokens of one or many sequences that are computed in one go. For one thread.</summary>
internal sealed unsafe class TokenBatch : IDisposable
{
    private readonly int* _tokens;
    private readonly int* _positions;
    private readonly int* _counts;
    private readonly int* _sequences;
    private readonly int** _sequencePointers;
    private readonly sbyte* _outputs;

    /// <summary>A batch with room for so many tokens.</summary>
    public TokenBatch(int capacity)
    {
        Capacity = capacity;
        _tokens = Allocate(capacity);
        _positions = Allocate(capacity);
        _counts = Allocate(capacity);
        _sequences = Allocate(capacity);
        _sequencePointers = (int**)NativeMemory.AllocZeroed((nuint)capacity, (nuint)sizeof(int*));
        _outputs = (sbyte*)NativeMemory.AllocZeroed((nuint)capacity);
        for (int i = 0; i < capacity; i++)
        {
            _counts[i] = 1;
            _sequencePointers[i] = _sequences + i;
        }
    }

    /// <summary>The room, in tokens.</summary>
    public int Capacity { get; }

    /// <summary>The tokens in it.</summary>
    public int Count { get; private set; }

    /// <summary>The positions at which the model is asked what follows.</summary>
    public int Outputs { get; private set; }

    /// <summary>Adds a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="position">Its position in its sequence.</param>
    /// <param name="sequence">The sequence.</param>
    /// <param name="asks">Whether the model is asked what follows it.</param>
    /// <returns>Its index in the batch.</returns>
    public int Add(int token, int position, int sequence, bool asks)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Count, Capacity);
        _tokens[Count] = token;
        _positions[Count] = position;
        _sequences[Count] = sequence;
        _outputs[Count] = asks ? (sbyte)1 : (sbyte)0;
        Outputs += asks ? 1 : 0;
        return Count++;
    }

    /// <summary>The sequence of a token.</summary>
    public int SequenceOf(int index) => _sequences[index];

    /// <summary>Empties it.</summary>
    public void Clear() => (Count, Outputs) = (0, 0);

    /// <summary>What the library is given.</summary>
    public NativeBatch ToNative() => new()
    {
        Count = Count,
        Tokens = _tokens,
        Positions = _positions,
        SequenceCounts = _counts,
        Sequences = _sequencePointers,
        Outputs = _outputs,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_tokens);
        NativeMemory.Free(_positions);
        NativeMemory.Free(_counts);
        NativeMemory.Free(_sequences);
        NativeMemory.Free(_sequencePointers);
        NativeMemory.Free(_outputs);
    }

    private static int* Allocate(int count) => (int*)NativeMemory.AllocZeroed((nuint)count, sizeof(int));
}
