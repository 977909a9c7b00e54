using System.Runtime.InteropServices;

namespace Bridge.Llama.Native;

/// <summary>Holds our structs against the loaded library's own defaults: a library of another version must be refused, not crash.</summary>
internal static unsafe class LayoutCheck
{
    private const int ProbeSize = 1024;
    private const int F16 = 1;

    /// <summary>What does not agree, in a sentence; <see langword="null"/> when all does.</summary>
    /// <param name="llama">The loaded library.</param>
    public static string? Fault(nint llama)
    {
        // The size can be seen where a big struct is returned through a hidden first argument; elsewhere the values alone speak.
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            int model = WrittenBytes(NativeLibrary.GetExport(llama, "llama_model_default_params"));
            int context = WrittenBytes(NativeLibrary.GetExport(llama, "llama_context_default_params"));
            if (model > sizeof(ModelParams) || context > sizeof(ContextParams) || model <= sizeof(ModelParams) - 8 || context <= sizeof(ContextParams) - 8)
            {
                return $"its parameters have {model} and {context} bytes where {sizeof(ModelParams)} and {sizeof(ContextParams)} are expected";
            }
        }

        // Read with room to spare: a bigger struct than expected must not be written beyond ours.
        Probe probe = ((delegate* unmanaged[Cdecl]<Probe>)NativeLibrary.GetExport(llama, "llama_context_default_params"))();
        ContextParams defaults = *(ContextParams*)&probe;
        bool plausible = defaults is { Sequences: 1, KeyType: F16, ValueType: F16, Samplers: 0, Other: 0, Embeddings: 0, UnifiedCache: <= 1 }
            && defaults.Batch >= defaults.MicroBatch && defaults.MicroBatch > 0 && defaults.Threads > 0;
        return plausible ? null : "its default parameters are not where they are expected";
    }

    /// <summary>How many bytes a function writes that returns a struct: what differs from two fillings.</summary>
    private static int WrittenBytes(nint function)
    {
        byte* first = stackalloc byte[ProbeSize];
        byte* second = stackalloc byte[ProbeSize];
        new Span<byte>(first, ProbeSize).Fill(0x55);
        new Span<byte>(second, ProbeSize).Fill(0xAA);
        var call = (delegate* unmanaged[Cdecl]<byte*, byte*>)function;
        call(first);
        call(second);
        int end = ProbeSize;
        while (end > 0 && first[end - 1] != second[end - 1])
        {
            end--;
        }

        return end;
    }

    private struct Probe
    {
        public fixed byte Bytes[ProbeSize];
    }
}
