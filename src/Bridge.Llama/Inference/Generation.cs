namespace Bridge.Llama.Inference;

/// <summary>Something that is being written for one prompt. The engine computes; what is written is decided here, on the engine's thread.</summary>
/// <param name="prompt">The prompt's tokens, at least one.</param>
/// <param name="stablePrefix">How many of them other prompts will begin with too, such as the tools.</param>
/// <param name="maxTokens">The most tokens that may be computed after the prompt, guesses included.</param>
internal abstract class Generation(int[] prompt, int stablePrefix, int maxTokens)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The prompt's tokens.</summary>
    public int[] Prompt => prompt;

    /// <summary>How many of them other prompts will begin with too.</summary>
    public int StablePrefix => stablePrefix;

    /// <summary>The most tokens that may be computed after the prompt.</summary>
    public int MaxTokens => maxTokens;

    /// <summary>The tokens of the prompt that did not have to be computed.</summary>
    public int SharedTokens { get; internal set; }

    /// <summary>The batches this took part in, those of the prompt included.</summary>
    public int Batches { get; internal set; }

    /// <summary>Ends with the generation.</summary>
    internal Task Ended => _ended.Task;

    /// <summary>Adds what is likely to follow the prompt, to be computed together with it.</summary>
    /// <param name="feed">The prompt, after which the model is asked. What is added must ask too.</param>
    public virtual void Begin(TokenFeed feed)
    {
    }

    /// <summary>Decides what follows.</summary>
    /// <param name="rows">What the model says, for each token of the feed after which it was asked.</param>
    /// <param name="feed">Empty; takes what is to be computed next. The last token must ask.</param>
    /// <returns>Whether to go on; <see langword="false"/> when all is written.</returns>
    public abstract bool Advance(in LogitRows rows, TokenFeed feed);

    internal void Complete() => _ended.TrySetResult();

    internal void Fail(Exception error) => _ended.TrySetException(error);

    internal void Cancel(CancellationToken cancellationToken) => _ended.TrySetCanceled(cancellationToken);
}
