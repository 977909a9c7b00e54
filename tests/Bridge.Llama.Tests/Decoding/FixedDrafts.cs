using System.Text;
using Bridge.Llama.Decoding;

namespace Bridge.Llama.Tests.Decoding;

/// <summary>Guesses that a certain body is being written.</summary>
internal sealed class FixedDrafts(string body) : IDraftSource
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(body);

    public ReadOnlySpan<byte> Continue(ReadOnlySpan<byte> written) => _body.AsSpan().StartsWith(written) ? _body.AsSpan(written.Length) : [];
}
