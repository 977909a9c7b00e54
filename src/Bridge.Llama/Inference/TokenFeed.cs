namespace Bridge.Llama.Inference;

/// <summary>The tokens of one sequence that are computed next, and after which of them the model is asked what follows.</summary>
internal sealed class TokenFeed
{
    private readonly List<int> _tokens = [];
    private readonly List<int> _asking = [];

    /// <summary>The tokens.</summary>
    public IReadOnlyList<int> Tokens => _tokens;

    /// <summary>The indices of those after which the model is asked, ascending.</summary>
    public IReadOnlyList<int> Asking => _asking;

    /// <summary>How many of the tokens of the last feed stay; those after them were guesses that did not come true.</summary>
    public int Kept { get; set; }

    /// <summary>Adds a token.</summary>
    public void Add(int token) => _tokens.Add(token);

    /// <summary>Adds tokens.</summary>
    public void AddRange(ReadOnlySpan<int> tokens) => _tokens.AddRange(tokens);

    /// <summary>Asks what follows the last token so far.</summary>
    public void Ask() => _asking.Add(_tokens.Count - 1);

    /// <summary>Begins the next feed: all tokens of this one stay unless <see cref="Kept"/> says otherwise.</summary>
    public void Clear()
    {
        Kept = _tokens.Count;
        _tokens.Clear();
        _asking.Clear();
    }
}
