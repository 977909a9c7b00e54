using Bridge.Llama.Inference;
using Bridge.TestKit.Gguf;

namespace Bridge.Llama.Tests;

/// <summary>A model of random weights, written once and loaded once for all tests.</summary>
internal static class TinyModels
{
    private static readonly Lazy<LlamaModel> s_model = new(() => LlamaModel.Load(File, gpuLayers: 0));
    private static readonly Lazy<string> s_file = new(() => TinyModel.Write(Path.Combine(Directory.CreateTempSubdirectory("bridge-tiny-").FullName, "tiny.gguf")));

    /// <summary>The file.</summary>
    public static string File => s_file.Value;

    /// <summary>The model; skips the test, with the reason, where llama.cpp is not installed.</summary>
    public static LlamaModel Require()
    {
        InstalledRuntime.Require();
        return s_model.Value;
    }

    /// <summary>An engine of its own for a test.</summary>
    public static LlamaEngine Engine(ModelOptions? options = null)
    {
        LlamaModel model = Require();
        ModelOptions used = options ?? new ModelOptions { ContextTokens = 8192, Threads = 1 };
        return new LlamaEngine(LlamaContext.Create(model, used), used, "tiny", model.CanForget);
    }

    /// <summary>A text's tokens.</summary>
    public static int[] Tokens(string text)
    {
        var tokens = new List<int>();
        Require().Tokenizer.Write(text, tokens, special: true);
        return [.. tokens];
    }
}
