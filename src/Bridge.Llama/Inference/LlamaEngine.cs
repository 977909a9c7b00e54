using System.Collections.Concurrent;

namespace Bridge.Llama.Inference;

/// <summary>Runs many generations of one model in one context: each batch holds what every one of them needs next. Thread-safe.</summary>
internal sealed class LlamaEngine : IDisposable
{
    private readonly CountedContext _context;
    private readonly ModelOptions _options;
    private readonly string _name;
    private readonly PrefixCache _prefixes;
    private readonly PrefixFiles? _files;
    private readonly TokenBatch _batch;
    private readonly Stack<int> _freeSequences;
    private readonly List<EngineSequence> _active = [];
    private readonly LinkedList<PendingGeneration> _queue = [];
    private readonly ConcurrentQueue<PendingGeneration> _arrivals = new();
    private readonly SemaphoreSlim _signal = new(0);
    private readonly Thread _thread;
    private readonly bool _canForget;
    private int _admitted;
    private volatile bool _stopping;
    private int _running;
    private long _prompts;
    private long _promptTokens;
    private long _sharedTokens;
    private long _batches;
    private long _computedTokens;

    /// <summary>Begins to run.</summary>
    /// <param name="context">The context; the engine owns it from now on.</param>
    /// <param name="options">How it is run.</param>
    /// <param name="name">The model's name, for messages.</param>
    /// <param name="canForget">Whether the end of what was read can be taken back.</param>
    /// <param name="files">The beginnings of earlier processes, which the engine owns from now on; <see langword="null"/> where none are kept.</param>
    public LlamaEngine(IModelContext context, ModelOptions options, string name, bool canForget, PrefixFiles? files = null)
    {
        _files = files;
        _context = new CountedContext(context, options.Sequences);
        _options = options;
        _name = name;
        _canForget = canForget;
        _batch = new TokenBatch(Math.Min(options.BatchTokens, context.Capacity));
        _freeSequences = new Stack<int>(Enumerable.Range(0, options.Sequences).Reverse());
        _prefixes = new PrefixCache(_context, options.Sequences, Math.Min(options.CachedPrefixes, context.Sequences - options.Sequences), options.WaitingPrefixBytes, canForget, files);
        _thread = new Thread(Run) { IsBackground = true, Name = $"llama {name}" };
        _thread.Start();
    }

    /// <summary>What it has done so far.</summary>
    public EngineStatistics Statistics => new(
        Volatile.Read(ref _prompts), Volatile.Read(ref _promptTokens), Volatile.Read(ref _sharedTokens), Volatile.Read(ref _batches),
        Volatile.Read(ref _computedTokens), Volatile.Read(ref _running), Math.Max(Volatile.Read(ref _admitted) - Volatile.Read(ref _running), 0));

    /// <summary>Runs a generation to its end.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="cancellationToken">Ends it; its place is free at once.</param>
    /// <exception cref="LlamaException">It does not fit the context, too many wait, or the library failed.</exception>
    public Task RunAsync(Generation generation, CancellationToken cancellationToken)
    {
        int needed = generation.Prompt.Length + generation.MaxTokens;
        if (needed > _context.Capacity)
        {
            throw new LlamaException(LlamaFault.ContextOverflow,
                $"The prompt has {generation.Prompt.Length} tokens and what is written may have {generation.MaxTokens}; '{_name}' has a context of {_context.Capacity}. Offer fewer tools, shorten the prompt, or give it a longer context.");
        }

        if (Interlocked.Increment(ref _admitted) > _options.QueueLength + _options.Sequences)
        {
            Interlocked.Decrement(ref _admitted);
            throw new LlamaException(LlamaFault.Busy, $"'{_name}' is busy: {_options.Sequences} prompts run and {_options.QueueLength} wait. Try again later.");
        }

        if (_stopping)
        {
            throw Stopped();
        }

        _arrivals.Enqueue(new PendingGeneration(generation, cancellationToken));
        _signal.Release();
        return generation.Ended;
    }

    /// <summary>Stops: what runs and what waits fails.</summary>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        _signal.Release();
        _thread.Join();
        _files?.Dispose();
        _batch.Dispose();
        _context.Dispose();
        _signal.Dispose();
    }

    private void Run()
    {
        while (!_stopping)
        {
            TakeArrivals();
            DropCancelled();
            Admit();
            if (_active.Count == 0)
            {
                // Nobody waits for what is written now.
                if (!_prefixes.Store())
                {
                    _signal.Wait();
                }

                continue;
            }

            try
            {
                Compute();
            }
            catch (Exception error) when (error is not OutOfMemoryException)
            {
                // What runs fails with it; the thread goes on, for those that come later.
                FailActive(error);
            }
        }

        TakeArrivals();
        FailActive(Stopped());
        foreach (PendingGeneration pending in _queue)
        {
            pending.Generation.Fail(Stopped());
        }

        while (_prefixes.Store())
        {
            // A program that asks one question and ends has not been idle.
        }
    }

    private void TakeArrivals()
    {
        while (_arrivals.TryDequeue(out PendingGeneration? arrived))
        {
            _queue.AddLast(arrived);
        }
    }

    private void DropCancelled()
    {
        for (int i = _active.Count - 1; i >= 0; i--)
        {
            if (_active[i].CancellationToken.IsCancellationRequested)
            {
                EngineSequence cancelled = _active[i];
                Release(i);
                cancelled.Generation.Cancel(cancelled.CancellationToken);
            }
        }

        for (LinkedListNode<PendingGeneration>? node = _queue.First; node is not null;)
        {
            LinkedListNode<PendingGeneration>? next = node.Next;
            if (node.Value.CancellationToken.IsCancellationRequested)
            {
                _queue.Remove(node);
                Interlocked.Decrement(ref _admitted);
                node.Value.Generation.Cancel(node.Value.CancellationToken);
            }

            node = next;
        }
    }

    /// <summary>Lets those in that there is room for, first come first served.</summary>
    private void Admit()
    {
        for (LinkedListNode<PendingGeneration>? node = _queue.First; node is not null && _freeSequences.Count > 0;)
        {
            LinkedListNode<PendingGeneration>? next = node.Next;
            Generation generation = node.Value.Generation;
            if (!MakeRoom(generation))
            {
                return;
            }

            // Who begins like one that is still reading waits until that has been read, and then has it for nothing.
            if (!_active.Exists(other => IsReadingForBoth(other, generation)))
            {
                _queue.Remove(node);
                TryBegin(generation, node.Value.CancellationToken);
            }

            node = next;
        }
    }

    private void TryBegin(Generation generation, CancellationToken cancellationToken)
    {
        int id = _freeSequences.Pop();
        try
        {
            Begin(generation, id, cancellationToken);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // One generation's failure is its own.
            _context.Forget(id, 0);
            _freeSequences.Push(id);
            Interlocked.Decrement(ref _admitted);
            generation.Fail(error);
        }
    }

    private void Begin(Generation generation, int id, CancellationToken cancellationToken)
    {
        (int source, int shared) = _prefixes.Touch(generation.Prompt);
        if (shared > 0)
        {
            _context.Share(source, id, shared);
        }

        generation.SharedTokens = shared;
        _active.Add(new EngineSequence(generation, id, shared, cancellationToken));
        Interlocked.Increment(ref _prompts);
        Interlocked.Add(ref _promptTokens, generation.Prompt.Length);
        Interlocked.Add(ref _sharedTokens, shared);
        Volatile.Write(ref _running, _active.Count);
    }

    private static bool IsReadingForBoth(EngineSequence other, Generation generation)
    {
        int common = other.Generation.Prompt.AsSpan(0, other.Generation.StablePrefix).CommonPrefixLength(generation.Prompt.AsSpan(0, generation.Prompt.Length - 1));
        return !other.IsOffered && common > 32 && common > other.Generation.SharedTokens;
    }

    // What runs must have room to the end: beginnings that are kept for others can leave, and they do before they are in the way.
    private bool MakeRoom(Generation generation)
    {
        int toCome = generation.Prompt.Length + generation.MaxTokens + _active.Sum(active => active.MostToCome);
        if (!FitsBesideRunning(toCome, _prefixes.Touch(generation.Prompt)) || !FitsBesideRunning(toCome, _prefixes.Find(generation.Prompt)))
        {
            return false;
        }

        while (_context.Taken + toCome - _prefixes.Touch(generation.Prompt).Length > _context.Capacity && _prefixes.Evict())
        {
            // The one that is shared leaves last.
        }

        return true;
    }

    private bool FitsBesideRunning(int toCome, (int Sequence, int Length) shared) =>
        _active.Count == 0 || _context.TakenByRunning + toCome - _context.RunningOf(shared.Sequence, shared.Length) <= _context.Capacity;

    private void Compute()
    {
        _batch.Clear();

        // Those that write first: a long prompt beside them must not make them wait. Then those that had the least.
        _active.Sort(static (a, b) => (a.IsReading, a.Generation.Batches).CompareTo((b.IsReading, b.Generation.Batches)));
        foreach (EngineSequence sequence in _active)
        {
            if (sequence.AddTo(_batch, _options.BatchOutputs))
            {
                sequence.Generation.Batches++;
            }
        }

        Decode();
        Interlocked.Increment(ref _batches);
        Interlocked.Add(ref _computedTokens, _batch.Count);
        for (int i = _active.Count - 1; i >= 0; i--)
        {
            EngineSequence sequence = _active[i];
            Offer(sequence);
            if (sequence.IsReady)
            {
                Advance(i, sequence);
            }
        }
    }

    private void Decode()
    {
        int result;
        while ((result = _context.Decode(_batch)) == 1 && _prefixes.Evict())
        {
            // The context had no room; without the beginning that was not needed for the longest it may.
        }

        if (result != 0)
        {
            throw new LlamaException(LlamaFault.Failed, $"'{_name}' could not be computed: llama.cpp answered {result}, with {_context.Taken} of {_context.Capacity} tokens in its context. {Native.NativeLog.Complaints()}");
        }
    }

    private void Offer(EngineSequence sequence)
    {
        Generation generation = sequence.Generation;
        if (!sequence.IsOffered && sequence.Length >= generation.StablePrefix && (_canForget || sequence.Length == generation.StablePrefix))
        {
            sequence.IsOffered = true;
            _prefixes.Keep(sequence.Id, generation.Prompt, generation.StablePrefix);
        }
    }

    private void Advance(int index, EngineSequence sequence)
    {
        try
        {
            if (!sequence.Advance(_context))
            {
                Release(index);
                sequence.Generation.Complete();
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // One generation's failure is its own.
            Release(index);
            sequence.Generation.Fail(error);
        }
    }

    private void Release(int index)
    {
        EngineSequence sequence = _active[index];
        _active.RemoveAt(index);
        _context.Forget(sequence.Id, 0);
        _freeSequences.Push(sequence.Id);
        Volatile.Write(ref _running, _active.Count);
        Interlocked.Decrement(ref _admitted);
    }

    private void FailActive(Exception error)
    {
        while (_active.Count > 0)
        {
            Generation generation = _active[^1].Generation;
            Release(_active.Count - 1);
            generation.Fail(error);
        }
    }

    private LlamaException Stopped() => new(LlamaFault.Stopped, $"'{_name}' was unloaded.");
}
