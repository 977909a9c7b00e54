namespace Bridge.Llama.Inference;

/// <summary>The beginnings of prompts that are kept for those that begin alike. What they have in common lies in the context once. For the engine's thread.</summary>
/// <param name="context">The context.</param>
/// <param name="firstSequence">The first of the sequences that belong to the cache.</param>
/// <param name="count">How many sequences it has.</param>
/// <param name="waitingBytes">The memory for beginnings that had to leave the context.</param>
/// <param name="canForget">Whether a beginning can be shared in part.</param>
/// <param name="files">Those of earlier processes; <see langword="null"/> where none are kept.</param>
internal sealed class PrefixCache(IModelContext context, int firstSequence, int count, long waitingBytes, bool canForget, PrefixFiles? files = null)
{
    // Fewer tokens are computed sooner than fetched.
    private const int WorthFetching = 32;

    private readonly Stack<int> _free = new(Enumerable.Range(firstSequence, count).Reverse());
    private readonly LinkedList<Entry> _entries = [];
    private readonly LinkedList<Waiting> _waiting = [];
    private readonly List<Entry> _unstored = [];
    private long _waitingSize;

    /// <summary>The longest beginning of a prompt that is in the context; it is the last to leave from now on.</summary>
    /// <param name="prompt">The prompt; its last token is never shared, since the model is asked what follows it.</param>
    /// <returns>The sequence and how many tokens of it; no tokens when there is none.</returns>
    public (int Sequence, int Length) Touch(ReadOnlySpan<int> prompt)
    {
        (LinkedListNode<Entry>? best, int length) = FindEntry(prompt[..^1]);
        if (best is not null)
        {
            _entries.Remove(best);
            _entries.AddFirst(best);
        }

        return (best?.Value.Sequence ?? -1, length);
    }

    /// <summary>Finds the longest beginning of a prompt that is there; fetches one back that had to leave when that is longer.</summary>
    /// <param name="prompt">The prompt; its last token is never shared, since the model is asked what follows it.</param>
    /// <returns>The sequence and how many tokens of it; no tokens when there is none.</returns>
    public (int Sequence, int Length) Find(ReadOnlySpan<int> prompt)
    {
        ReadOnlySpan<int> sharable = prompt[..^1];
        int length = FindEntry(sharable).Length;
        LinkedListNode<Waiting>? waiting = FindWaiting(sharable, length + WorthFetching);
        int reach = waiting is null ? length : Common(waiting.Value.Tokens, sharable);
        if (files?.Find(sharable, reach + WorthFetching, whole: !canForget) is { } stored)
        {
            // What cannot be fetched is not found again; and the best may have left to make room for it.
            return Fetch(stored) is { } read ? (read.Sequence, Common(read.Tokens, sharable)) : Find(prompt);
        }

        if (waiting is not null)
        {
            return Fetch(waiting) is { } fetched ? (fetched.Sequence, Common(fetched.Tokens, sharable)) : Find(prompt);
        }

        return Touch(prompt);
    }

    /// <summary>Keeps the beginning of a sequence.</summary>
    public void Keep(int sequence, int[] prompt, int length)
    {
        int[] tokens = prompt[..length];
        if (length == 0 || count == 0 || _entries.Any(entry => entry.Tokens.AsSpan().StartsWith(tokens) && (canForget || entry.Tokens.Length == length)))
        {
            return;
        }

        Entry added = Add(tokens);
        context.Share(sequence, added.Sequence, length);
        if (files is not null && length >= WorthFetching && !files.Has(tokens))
        {
            _unstored.Add(added);
        }
    }

    /// <summary>Stores one beginning that is in no file yet.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Store()
    {
        if (_unstored.Count == 0)
        {
            return false;
        }

        Entry entry = _unstored[^1];
        _unstored.RemoveAt(_unstored.Count - 1);
        files!.Write(entry.Tokens, context.Save(entry.Sequence));
        return true;
    }

    /// <summary>Lets the beginning leave that was not needed for the longest.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Evict()
    {
        if (_entries.Last is not { } last)
        {
            return false;
        }

        Entry entry = last.Value;
        bool isStored = !_unstored.Remove(entry);
        if ((waitingBytes > 0 || !isStored) && !_entries.Any(other => other != entry && other.Tokens.AsSpan().StartsWith(entry.Tokens)))
        {
            PutAside(entry, isStored);
        }

        _entries.RemoveLast();
        context.Forget(entry.Sequence, 0);
        _free.Push(entry.Sequence);
        return true;
    }

    private Entry Add(int[] tokens)
    {
        if (_free.Count == 0)
        {
            Evict();
        }

        var entry = new Entry(_free.Pop(), tokens);
        _entries.AddFirst(entry);
        return entry;
    }

    private void PutAside(Entry entry, bool isStored)
    {
        byte[] state = context.Save(entry.Sequence);
        if (state.Length == 0)
        {
            return;
        }

        if (!isStored && !files!.IsWriting)
        {
            files.Write(entry.Tokens, state);
        }

        _waiting.AddFirst(new Waiting(entry.Tokens, state));
        _waitingSize += state.Length;
        while (_waitingSize > waitingBytes && _waiting.Last is { } oldest)
        {
            _waitingSize -= oldest.Value.State.Length;
            _waiting.RemoveLast();
        }
    }

    private (LinkedListNode<Entry>? Entry, int Length) FindEntry(ReadOnlySpan<int> prompt)
    {
        (LinkedListNode<Entry>? best, int length) = (null, 0);
        for (LinkedListNode<Entry>? node = _entries.First; node is not null; node = node.Next)
        {
            int common = Common(node.Value.Tokens, prompt);
            if (common > length)
            {
                (best, length) = (node, common);
            }
        }

        return (best, length);
    }

    private LinkedListNode<Waiting>? FindWaiting(ReadOnlySpan<int> prompt, int atLeast)
    {
        LinkedListNode<Waiting>? best = null;
        for (LinkedListNode<Waiting>? node = _waiting.First; node is not null; node = node.Next)
        {
            int common = Common(node.Value.Tokens, prompt);
            if (common >= atLeast)
            {
                (best, atLeast) = (node, common + 1);
            }
        }

        return best;
    }

    private Entry? Fetch(LinkedListNode<Waiting> waiting)
    {
        _waiting.Remove(waiting);
        _waitingSize -= waiting.Value.State.Length;
        return Restore(waiting.Value.Tokens, waiting.Value.State);
    }

    private Entry? Fetch(StoredPrefix stored)
    {
        ReadOnlyMemory<byte> state = files!.Read(stored);
        if (state.IsEmpty)
        {
            return null;
        }

        Entry? entry = Restore(stored.Tokens, state.Span);
        if (entry is null)
        {
            files.Remove(stored);
        }

        return entry;
    }

    private Entry? Restore(int[] tokens, ReadOnlySpan<byte> state)
    {
        Entry entry = Add(tokens);
        while (!context.Restore(entry.Sequence, state, tokens.Length))
        {
            // The last is the entry itself when there is nothing else that could make room.
            if (_entries.Last!.Value == entry)
            {
                _entries.Remove(entry);
                _free.Push(entry.Sequence);
                return null;
            }

            Evict();
        }

        return entry;
    }

    private int Common(int[] tokens, ReadOnlySpan<int> prompt)
    {
        int common = tokens.AsSpan().CommonPrefixLength(prompt);
        return canForget || common == tokens.Length ? common : 0;
    }

    private sealed record Entry(int Sequence, int[] Tokens);

    private sealed record Waiting(int[] Tokens, byte[] State);
}
