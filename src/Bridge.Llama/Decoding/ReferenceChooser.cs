using System.Text;
using Bridge.Llama.Masks;

namespace Bridge.Llama.Decoding;

/// <summary>For measurements: chooses what writes a certain body, in the tokens in which the model's tokenizer would write it.</summary>
internal sealed class ReferenceChooser(string body, CallTokens tokens) : ITokenChooser
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(body);
    private readonly List<int> _tokens = [];

    public int Choose(TokenMask mask, ReadOnlySpan<float> logits, int best, ReadOnlySpan<byte> written)
    {
        _tokens.Clear();
        ReadOnlySpan<byte> rest = _body.AsSpan(written.Length);
        tokens.Tokenize(rest[..Math.Min(rest.Length, 64)], _tokens);
        return _tokens.Count > 0 && mask.Allows(_tokens[0]) ? _tokens[0] : throw new InvalidOperationException($"'{Encoding.UTF8.GetString(rest)}' may not follow '{Encoding.UTF8.GetString(written)}'.");
    }
}
