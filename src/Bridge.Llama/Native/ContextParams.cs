using System.Runtime.InteropServices;

namespace Bridge.Llama.Native;

/// <summary><c>llama_context_params</c>; begin from the library's own defaults.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ContextParams
{
    public uint Context;
    public uint Batch;
    public uint MicroBatch;
    public uint Sequences;
    public uint RecurrentSnapshots;
    public uint Outputs;
    public uint OutputsPerSequence;
    public int Threads;
    public int BatchThreads;
    public int ContextType;
    public int RopeScaling;
    public int Pooling;
    public int Attention;
    public int FlashAttention;
    public float RopeBase;
    public float RopeScale;
    public float YarnExtension;
    public float YarnAttention;
    public float YarnFast;
    public float YarnSlow;
    public uint YarnContext;
    public float DefragThreshold;
    public nint Evaluated;
    public nint EvaluatedData;
    public int KeyType;
    public int ValueType;
    public nint Abort;
    public nint AbortData;
    public byte Embeddings;
    public byte OffloadCache;
    public byte NoTimings;
    public byte OffloadOperations;
    public byte FullWindow;
    public byte UnifiedCache;
    public nint Samplers;
    public nuint SamplerCount;
    public nint Other;
}
