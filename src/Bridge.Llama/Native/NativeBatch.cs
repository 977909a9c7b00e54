using System.Runtime.InteropServices;

namespace Bridge.Llama.Native;

/// <summary><c>llama_batch</c>: tokens of one or many sequences, decoded together.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct NativeBatch
{
    public int Count;
    public int* Tokens;
    public float* Embeddings;
    public int* Positions;
    public int* SequenceCounts;
    public int** Sequences;
    public sbyte* Outputs;
}
