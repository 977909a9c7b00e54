namespace Bridge.Llama.Inference;

/// <summary>What the model says follows each token of a feed after which it was asked. Valid until the next batch.</summary>
/// <param name="context">The context.</param>
/// <param name="indices">The tokens' indices in the batch.</param>
internal readonly ref struct LogitRows(IModelContext context, ReadOnlySpan<int> indices)
{
    private readonly IModelContext _context = context;
    private readonly ReadOnlySpan<int> _indices = indices;

    /// <summary>How many there are.</summary>
    public int Count => _indices.Length;

    /// <summary>A number for every token of the vocabulary.</summary>
    /// <param name="row">Which, from 0.</param>
    public ReadOnlySpan<float> this[int row] => _context.Logits(_indices[row]);

    /// <summary>The rows from one on.</summary>
    /// <param name="row">The first of them.</param>
    public LogitRows From(int row) => new(_context, _indices[row..]);
}
