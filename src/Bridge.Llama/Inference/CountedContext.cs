namespace Bridge.Llama.Inference;

/// <summary>A context that knows how much of it is taken: what one sequence took over from another lies in it once.</summary>
/// <remarks>
/// Equal tokens alone say nothing: two sequences that were computed or put back apart each have tokens of their own, however alike they are.
/// </remarks>
/// <param name="inner">The context, which belongs to this one from now on.</param>
/// <param name="running">How many sequences are for what runs; the others hold what may leave.</param>
internal sealed class CountedContext(IModelContext inner, int running) : IModelContext
{
    private readonly List<int>[] _cells = [.. Enumerable.Range(0, Math.Max(inner.Sequences, running)).Select(_ => new List<int>())];
    private readonly List<Holders> _holders = [];
    private readonly Stack<int> _free = new();

    /// <inheritdoc/>
    public int Capacity => inner.Capacity;

    /// <inheritdoc/>
    public int Sequences => inner.Sequences;

    /// <summary>The tokens in it.</summary>
    public int Taken => _holders.Count - _free.Count;

    /// <summary>Those that something that runs has.</summary>
    public int TakenByRunning { get; private set; }

    /// <summary>How many of a sequence's first tokens something that runs has.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="length">How many tokens are looked at.</param>
    public int RunningOf(int sequence, int length) => length == 0 ? 0 : _cells[sequence].Take(length).Count(cell => _holders[cell].Running > 0);

    /// <inheritdoc/>
    public int Decode(TokenBatch batch)
    {
        int result = inner.Decode(batch);
        for (int i = 0; result == 0 && i < batch.Count; i++)
        {
            Hold(batch.SequenceOf(i), Take());
        }

        return result;
    }

    /// <inheritdoc/>
    public ReadOnlySpan<float> Logits(int index) => inner.Logits(index);

    /// <inheritdoc/>
    public void Share(int source, int target, int length)
    {
        inner.Share(source, target, length);
        for (int i = 0; i < length; i++)
        {
            Hold(target, _cells[source][i]);
        }
    }

    /// <inheritdoc/>
    public void Forget(int sequence, int from)
    {
        inner.Forget(sequence, from);
        List<int> cells = _cells[sequence];
        for (int i = cells.Count - 1; i >= from; i--)
        {
            Leave(sequence, cells[i]);
            cells.RemoveAt(i);
        }
    }

    /// <inheritdoc/>
    public byte[] Save(int sequence) => inner.Save(sequence);

    /// <inheritdoc/>
    public bool Restore(int sequence, ReadOnlySpan<byte> state, int length)
    {
        bool restored = inner.Restore(sequence, state, length);
        for (int i = 0; restored && i < length; i++)
        {
            Hold(sequence, Take());
        }

        return restored;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private int Take()
    {
        if (_free.TryPop(out int cell))
        {
            return cell;
        }

        _holders.Add(default);
        return _holders.Count - 1;
    }

    private void Hold(int sequence, int cell)
    {
        _cells[sequence].Add(cell);
        Count(sequence, cell, 1);
    }

    private void Leave(int sequence, int cell)
    {
        if (Count(sequence, cell, -1) == 0)
        {
            _free.Push(cell);
        }
    }

    private int Count(int sequence, int cell, int step)
    {
        Holders before = _holders[cell];
        Holders after = new(before.All + step, before.Running + (sequence < running ? step : 0));
        _holders[cell] = after;
        TakenByRunning += Math.Sign(after.Running) - Math.Sign(before.Running);
        return after.All;
    }

    private readonly record struct Holders(int All, int Running);
}
