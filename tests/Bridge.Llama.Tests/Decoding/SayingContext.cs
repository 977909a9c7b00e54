using System.Text;
using Bridge.Llama.Inference;
using Bridge.Llama.Native;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>The context of a model that means to say a certain text: likely is each token that the rest of it begins with, the longest most, and then the end.</summary>
internal sealed class SayingContext(LlamaModel model, int promptTokens, string text) : IModelContext
{
    private readonly byte[] _text = Encoding.UTF8.GetBytes(text);
    private readonly List<int> _tokens = [];
    private readonly Dictionary<int, int> _positions = [];
    private readonly float[] _logits = new float[model.Vocabulary.Count];

    public int Capacity => 8192;

    public int Sequences => 256;

    public unsafe int Decode(TokenBatch batch)
    {
        NativeBatch native = batch.ToNative();
        native.Count.Should().BePositive("an engine has nothing to ask otherwise");
        _positions.Clear();
        for (int i = 0; i < native.Count; i++)
        {
            native.Positions[i].Should().Be(_tokens.Count);
            _tokens.Add(native.Tokens[i]);
            _positions.Add(i, native.Positions[i]);
        }

        return 0;
    }

    public ReadOnlySpan<float> Logits(int index)
    {
        Array.Clear(_logits);
        byte[] said = [.. _tokens.Take(_positions[index] + 1).Skip(promptTokens).SelectMany(token => model.Vocabulary.Text(token).ToArray())];
        byte[] rest = _text.AsSpan().StartsWith(said) ? _text[said.Length..] : [];
        IEnumerable<int> likely = rest.Length == 0
            ? model.Vocabulary.EndTokens
            : model.Vocabulary.Trie.PrefixesOf(rest).Concat(model.Vocabulary.NamedTokens.Where(token => rest.AsSpan().StartsWith(model.Vocabulary.Text(token))));
        foreach (int token in likely)
        {
            _logits[token] = 10 + model.Vocabulary.Text(token).Length;
        }

        return _logits;
    }

    public void Share(int source, int target, int length) => throw new InvalidOperationException("Nothing is shared here.");

    public void Forget(int sequence, int from) => _tokens.RemoveRange(from, _tokens.Count - from);

    public byte[] Save(int sequence) => [];

    public bool Restore(int sequence, ReadOnlySpan<byte> state, int length) => false;

    public void Dispose()
    {
    }
}
