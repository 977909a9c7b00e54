using System.Runtime.InteropServices;
using System.Text;
using Bridge.Llama.Inference;
using Bridge.Llama.Native;

namespace Bridge.Llama.Tests.Grammars;

/// <summary>llama.cpp's own reader of grammars.</summary>
internal static unsafe class NativeGrammar
{
    /// <summary>Whether it reads a grammar.</summary>
    public static bool Reads(string grammar)
    {
        LlamaModel model = TinyModels.Require();
        nint library = NativeLibrary.Load(Directory.EnumerateFiles(InstalledRuntime.Require().Folder.Path, "*llama.v*").First());
        var create = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)NativeLibrary.GetExport(library, "llama_sampler_init_grammar");
        var free = (delegate* unmanaged[Cdecl]<nint, void>)NativeLibrary.GetExport(library, "llama_sampler_free");
        fixed (byte* text = Encoding.UTF8.GetBytes(grammar + "\0"))
        fixed (byte* root = "root\0"u8)
        {
            nint sampler = create(LlamaApi.Vocabulary(model.Handle), text, root);
            if (sampler != 0)
            {
                free(sampler);
            }

            return sampler != 0;
        }
    }
}
