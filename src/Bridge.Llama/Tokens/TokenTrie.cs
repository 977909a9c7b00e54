namespace Bridge.Llama.Tokens;

/// <summary>The tokens that are text, by their bytes: a tree in the order of a walk, so that what cannot follow is left out at once.</summary>
internal sealed class TokenTrie
{
    private readonly byte[] _bytes;
    private readonly byte[] _depths;
    private readonly int[] _ends;
    private readonly int[] _tokenStarts;
    private readonly int[] _tokens;

    public TokenTrie(Vocabulary vocabulary)
    {
        int[] sorted = [.. Enumerable.Range(0, vocabulary.Count).Where(token => vocabulary.Kind(token) == TokenKinds.None && vocabulary.Text(token).Length < byte.MaxValue)];
        Array.Sort(sorted, (a, b) => vocabulary.Text(a).SequenceCompareTo(vocabulary.Text(b)));
        List<byte> bytes = [];
        List<byte> depths = [];
        List<int> tokenStarts = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            ReadOnlySpan<byte> text = vocabulary.Text(sorted[i]);
            int shared = i == 0 ? 0 : text.CommonPrefixLength(vocabulary.Text(sorted[i - 1]));
            for (int depth = shared; depth < text.Length; depth++)
            {
                bytes.Add(text[depth]);
                depths.Add((byte)depth);
                tokenStarts.Add(i);
            }
        }

        tokenStarts.Add(sorted.Length);
        _bytes = [.. bytes];
        _depths = [.. depths];
        _tokenStarts = [.. tokenStarts];
        _tokens = sorted;
        _ends = EndsOf(_depths);
        MaxDepth = depths.Count == 0 ? 0 : depths.Max() + 1;
    }

    /// <summary>How many nodes there are.</summary>
    public int Count => _bytes.Length;

    /// <summary>The length of the longest token.</summary>
    public int MaxDepth { get; }

    /// <summary>The byte of a node.</summary>
    public byte Byte(int node) => _bytes[node];

    /// <summary>How many bytes stand before it.</summary>
    public int Depth(int node) => _depths[node];

    /// <summary>The first node that is not below it.</summary>
    public int End(int node) => _ends[node];

    /// <summary>The tokens that end with a node.</summary>
    public ReadOnlySpan<int> Tokens(int node) =>
        // A node's first token is the one it was made for: it ends there when no deeper node was made for it too.
        node + 1 < Count && _tokenStarts[node + 1] == _tokenStarts[node] ? [] : _tokens.AsSpan(_tokenStarts[node].._tokenStarts[node + 1]);

    /// <summary>The tokens that a text begins with.</summary>
    public IEnumerable<int> PrefixesOf(byte[] text)
    {
        int node = 0;
        int end = Count;
        for (int depth = 0; depth < text.Length && node < end;)
        {
            if (_bytes[node] != text[depth])
            {
                node = _ends[node];
                continue;
            }

            foreach (int token in Tokens(node).ToArray())
            {
                yield return token;
            }

            end = _ends[node++];
            depth++;
        }
    }

    private static int[] EndsOf(byte[] depths)
    {
        int[] ends = new int[depths.Length];
        var open = new Stack<int>();
        for (int node = 0; node < depths.Length; node++)
        {
            while (open.TryPeek(out int last) && depths[last] >= depths[node])
            {
                ends[open.Pop()] = node;
            }

            open.Push(node);
        }

        while (open.TryPop(out int rest))
        {
            ends[rest] = depths.Length;
        }

        return ends;
    }
}
