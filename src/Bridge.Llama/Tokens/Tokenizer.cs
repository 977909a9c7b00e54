using System.Buffers;
using System.Text;
using Bridge.Llama.Native;

namespace Bridge.Llama.Tokens;

/// <summary>Turns text into a model's tokens. Thread-safe.</summary>
internal sealed class Tokenizer
{
    private readonly ModelHandle _model;
    private readonly nint _vocabulary;

    public Tokenizer(ModelHandle model)
    {
        _model = model;
        _vocabulary = LlamaApi.Vocabulary(model);
        Begin = LlamaApi.BeginToken(_vocabulary);
        AddsBegin = Begin >= 0 && LlamaApi.AddsBeginToken(_vocabulary);
        End = LlamaApi.EndToken(_vocabulary);
    }

    /// <summary>The token that begins a text; negative when there is none.</summary>
    public int Begin { get; }

    /// <summary>Whether the model wants <see cref="Begin"/> before its text.</summary>
    public bool AddsBegin { get; }

    /// <summary>The token that ends a text; negative when there is none.</summary>
    public int End { get; }

    /// <summary>Turns text into tokens.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="output">Where the tokens go, after those that are there.</param>
    /// <param name="special">Whether names of special tokens in the text are those tokens; never so for what a user or a tool wrote.</param>
    public unsafe void Write(ReadOnlySpan<byte> utf8, List<int> output, bool special)
    {
        if (utf8.IsEmpty)
        {
            return;
        }

        int[] tokens = ArrayPool<int>.Shared.Rent(utf8.Length + 8);
        bool added = false;
        try
        {
            _model.DangerousAddRef(ref added);
            int count;
            fixed (byte* text = utf8)
            fixed (int* target = tokens)
            {
                count = LlamaApi.Tokenize(_vocabulary, text, utf8.Length, target, tokens.Length, addSpecial: false, special);
            }

            if (count < 0)
            {
                throw new InvalidDataException($"The model's tokenizer needs {-count} tokens for {utf8.Length} bytes: its vocabulary cannot be used.");
            }

            output.AddRange(tokens.AsSpan(0, count));
        }
        finally
        {
            if (added)
            {
                _model.DangerousRelease();
            }

            ArrayPool<int>.Shared.Return(tokens);
        }
    }

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, List{int}, bool)"/>
    public void Write(string text, List<int> output, bool special) => Write(Encoding.UTF8.GetBytes(text), output, special);

    /// <summary>The tokens of a text that a template wrote: names of special tokens are those tokens.</summary>
    public int[] OfTemplate(string text)
    {
        var tokens = new List<int>();
        Write(text, tokens, special: true);
        return [.. tokens];
    }
}
