namespace Bridge.Llama.Synthesis;

/// <summary>A byte-level BPE vocabulary: every byte, and pieces that its merges really build.</summary>
public sealed class BpeVocabulary
{
    private readonly List<string> _tokens = [.. ByteAlphabet.Characters.Select(character => character.ToString())];
    private readonly List<int> _types = [.. Enumerable.Repeat((int)TokenKind.Normal, 256)];
    private readonly Dictionary<string, int> _ids;
    private readonly List<string> _merges = [];
    private readonly Dictionary<(string Left, string Right), int> _ranks = [];

    /// <summary>A vocabulary of the 256 bytes.</summary>
    public BpeVocabulary() => _ids = _tokens.Index().ToDictionary(pair => pair.Item, pair => pair.Index);

    /// <summary>What the format calls the kinds of tokens.</summary>
    private enum TokenKind
    {
        Normal = 1,
        Control = 3,
        UserDefined = 4,
        Unused = 5,
    }

    /// <summary>The tokens, spelt in the byte alphabet.</summary>
    public IReadOnlyList<string> Tokens => _tokens;

    /// <summary>The merges, the first to apply first.</summary>
    public IReadOnlyList<string> Merges => _merges;

    /// <summary>The id of a token.</summary>
    /// <param name="token">The token, spelt in the byte alphabet.</param>
    public int this[string token] => _ids[token];

    /// <summary>Makes a piece of text one token, adding the merges it still lacks; stops where the vocabulary is full.</summary>
    /// <param name="text">The piece; where the model's splitter would cut it, it can never be met.</param>
    /// <param name="limit">How many tokens there may be.</param>
    /// <returns>Whether there is room for more.</returns>
    /// <remarks>New merges come after all others, so what was one token before stays one.</remarks>
    public bool Learn(string text, int limit = int.MaxValue)
    {
        List<string> parts = Split(ByteAlphabet.Spell(text));
        string whole = parts[0];
        foreach (string part in parts.Skip(1))
        {
            string left = whole;
            whole += part;
            if (!_ids.ContainsKey(whole))
            {
                if (_tokens.Count >= limit)
                {
                    return false;
                }

                Append(whole, TokenKind.Normal);
            }

            if (_ranks.TryAdd((left, part), _merges.Count))
            {
                _merges.Add($"{left} {part}");
            }
        }

        return _tokens.Count < limit;
    }

    /// <summary>Adds a token that only its own text in a template makes.</summary>
    /// <param name="token">The text.</param>
    /// <returns>Its id.</returns>
    public int AddControl(string token) => Append(token, TokenKind.Control);

    /// <summary>Adds a token that its text makes wherever it stands.</summary>
    /// <param name="token">The text.</param>
    /// <returns>Its id.</returns>
    public int AddUserDefined(string token) => Append(token, TokenKind.UserDefined);

    /// <summary>Fills up with tokens nothing makes.</summary>
    /// <param name="count">How many tokens there shall be.</param>
    public void Pad(int count)
    {
        while (_tokens.Count < count)
        {
            Append($"[PAD{_tokens.Count}]", TokenKind.Unused);
        }
    }

    /// <summary>Writes the vocabulary's key-values.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="splitter">The model's way to cut text before merging, as llama.cpp names it.</param>
    public void WriteTo(GgufWriter writer, string splitter)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Add("tokenizer.ggml.model", "gpt2")
            .Add("tokenizer.ggml.pre", splitter)
            .Add("tokenizer.ggml.tokens", _tokens)
            .Add("tokenizer.ggml.token_type", _types)
            .Add("tokenizer.ggml.merges", _merges);
    }

    /// <summary>Cuts one piece into tokens, as the merges say.</summary>
    /// <param name="spelt">The piece, spelt in the byte alphabet.</param>
    public List<string> Split(string spelt)
    {
        ArgumentException.ThrowIfNullOrEmpty(spelt);
        List<string> parts = [.. spelt.Select(character => character.ToString())];
        while (true)
        {
            int best = int.MaxValue;
            int at = -1;
            for (int i = 0; i + 1 < parts.Count; i++)
            {
                if (_ranks.TryGetValue((parts[i], parts[i + 1]), out int rank) && rank < best)
                {
                    (best, at) = (rank, i);
                }
            }

            if (at < 0)
            {
                return parts;
            }

            parts[at] += parts[at + 1];
            parts.RemoveAt(at + 1);
        }
    }

    private int Append(string token, TokenKind kind)
    {
        int id = _tokens.Count;
        _ids.Add(token, id);
        _tokens.Add(token);
        _types.Add((int)kind);
        return id;
    }
}
