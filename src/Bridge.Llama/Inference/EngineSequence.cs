namespace Bridge.Llama.Inference;

/// <summary>A generation that is running: its sequence in the context, and how far it has come.</summary>
/// <param name="generation">The generation.</param>
/// <param name="id">The sequence's number.</param>
/// <param name="shared">The tokens of the prompt that were there already.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class EngineSequence(Generation generation, int id, int shared, CancellationToken cancellationToken)
{
    private readonly List<int> _rows = [];
    private int _done;

    public Generation Generation => generation;

    public int Id => id;

    public CancellationToken CancellationToken => cancellationToken;

    /// <summary>The tokens in the context.</summary>
    public int Length { get; private set; } = shared;

    /// <summary>What is computed next.</summary>
    public TokenFeed Feed { get; } = FirstFeed(generation, shared);

    /// <summary>Whether the whole feed has been computed with the last batch.</summary>
    public bool IsReady => _done == Feed.Tokens.Count;

    /// <summary>Whether the beginning that others share has been offered to them.</summary>
    public bool IsOffered { get; set; }

    /// <summary>Whether the prompt has not been computed to its end.</summary>
    public bool IsReading => Length < generation.Prompt.Length;

    /// <summary>The most tokens that may still be computed for it.</summary>
    public int MostToCome => Math.Max(generation.Prompt.Length + generation.MaxTokens - Length, 0);

    /// <summary>Adds to a batch what has room in it.</summary>
    /// <returns>Whether anything was added.</returns>
    public bool AddTo(TokenBatch batch, int maxOutputs)
    {
        // Answers live until the next batch only: the tokens that ask go into one together.
        int left = Feed.Tokens.Count - _done;
        int room = batch.Capacity - batch.Count;
        bool whole = left <= room && batch.Outputs + Feed.Asking.Count <= maxOutputs;
        int count = whole ? left : Math.Min(room, Feed.Asking[0] - _done);
        for (int i = 0; i < count; i++)
        {
            bool asks = whole && _rows.Count < Feed.Asking.Count && Feed.Asking[_rows.Count] == _done;
            int index = batch.Add(Feed.Tokens[_done++], Length++, id, asks);
            if (asks)
            {
                _rows.Add(index);
            }
        }

        return count > 0;
    }

    /// <summary>Lets the generation decide what follows.</summary>
    /// <returns>Whether it goes on.</returns>
    public bool Advance(IModelContext context)
    {
        int before = Length - Feed.Tokens.Count;
        Feed.Clear();
        _done = 0;
        bool goesOn;
        try
        {
            goesOn = generation.Advance(new LogitRows(context, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_rows)), Feed);
        }
        finally
        {
            _rows.Clear();
        }

        int kept = before + Feed.Kept;
        if (kept < Length)
        {
            context.Forget(id, kept);
            Length = kept;
        }

        return goesOn;
    }

    private static TokenFeed FirstFeed(Generation generation, int shared)
    {
        var feed = new TokenFeed();
        feed.AddRange(generation.Prompt.AsSpan(shared));
        feed.Ask();
        generation.Begin(feed);
        return feed;
    }
}
