using System.Text;
using Bridge.Llama.Native;

namespace Bridge.Llama.Tokens;

/// <summary>The tokens of a model: their bytes, and which of them are no text. Immutable.</summary>
internal sealed class Vocabulary
{
    private const int UnknownAttribute = 1;
    private const int UnusedAttribute = 1 << 1;
    private const int ControlAttribute = 1 << 3;
    private const int UserDefinedAttribute = 1 << 4;
    private const int MaxTokens = 4_000_000;

    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly TokenKinds[] _kinds;

    /// <summary>A vocabulary of given tokens.</summary>
    public Vocabulary(IReadOnlyList<byte[]> texts, IReadOnlyList<TokenKinds> kinds)
    {
        _starts = new int[texts.Count + 1];
        for (int i = 0; i < texts.Count; i++)
        {
            _starts[i + 1] = _starts[i] + texts[i].Length;
        }

        _bytes = [.. texts.SelectMany(text => text)];
        _kinds = [.. kinds];
        LongestToken = texts.Max(text => text.Length);
        EndTokens = [.. Enumerable.Range(0, Count).Where(token => IsEnd(token))];
        NamedTokens = [.. Enumerable.Range(0, Count).Where(token => (Kind(token) & (TokenKinds.Control | TokenKinds.Named)) != 0 && Text(token).Length > 0)];
        Trie = new TokenTrie(this);
    }

    /// <summary>How many tokens there are.</summary>
    public int Count => _kinds.Length;

    /// <summary>The bytes of the longest token.</summary>
    public int LongestToken { get; }

    /// <summary>The tokens that end what the model says.</summary>
    public int[] EndTokens { get; }

    /// <summary>The tokens that stand for what their name says rather than for text.</summary>
    public int[] NamedTokens { get; }

    /// <summary>The tokens that are text, by their bytes.</summary>
    public TokenTrie Trie { get; }

    /// <summary>The bytes of a token; for one with a meaning of its own, those of its name.</summary>
    public ReadOnlySpan<byte> Text(int token) => _bytes.AsSpan(_starts[token].._starts[token + 1]);

    /// <summary>What a token may be used for.</summary>
    public TokenKinds Kind(int token) => _kinds[token];

    /// <summary>Whether a token ends what the model says.</summary>
    public bool IsEnd(int token) => (_kinds[token] & TokenKinds.End) != 0;

    /// <summary>Reads the vocabulary of a loaded model.</summary>
    /// <exception cref="InvalidDataException">It has none that can be used.</exception>
    public static unsafe Vocabulary Read(ModelHandle model)
    {
        nint native = LlamaApi.Vocabulary(model);
        int count = native == 0 || LlamaApi.VocabularyType(native) == 0 ? 0 : LlamaApi.TokenCount(native);
        if (count is <= 0 or > MaxTokens)
        {
            throw new InvalidDataException($"The model has {count} tokens: it is no language model that Bridge can use.");
        }

        var texts = new byte[count][];
        var kinds = new TokenKinds[count];
        byte[] buffer = new byte[256];
        for (int token = 0; token < count; token++)
        {
            texts[token] = ReadText(native, token, ref buffer);
            int attributes = LlamaApi.TokenAttributes(native, token);
            bool isText = (attributes & (ControlAttribute | UnknownAttribute | UnusedAttribute)) == 0 && texts[token].Length > 0;
            kinds[token] = (isText ? TokenKinds.None : TokenKinds.Control)
                | ((attributes & UserDefinedAttribute) != 0 ? TokenKinds.Named : 0)
                | (LlamaApi.EndsGeneration(native, token) ? TokenKinds.End | TokenKinds.Control : 0);
        }

        return new Vocabulary(texts, kinds);
    }

    /// <summary>Tokens as text, for people.</summary>
    public string Show(ReadOnlySpan<int> tokens)
    {
        var text = new List<byte>();
        foreach (int token in tokens)
        {
            text.AddRange(Text(token));
        }

        return Encoding.UTF8.GetString([.. text]);
    }

    private static unsafe byte[] ReadText(nint native, int token, ref byte[] buffer)
    {
        while (true)
        {
            fixed (byte* target = buffer)
            {
                int length = LlamaApi.TokenText(native, token, target, buffer.Length, 0, special: true);
                if (length >= 0)
                {
                    return buffer[..length];
                }

                buffer = new byte[-length];
            }
        }
    }
}
