using System.Collections.Concurrent;

namespace Bridge.Execution;

/// <summary>How many calls run at once for each source. A source that hangs holds its own slots and nobody else's.</summary>
internal sealed class SourceSlots
{
    private readonly ConcurrentDictionary<(string Source, int Size), SemaphoreSlim> _sources = new();

    /// <summary>The slots of one source. Another size, after a change of configuration, is another set.</summary>
    /// <param name="source">The source's id.</param>
    /// <param name="size">How many calls may run at once.</param>
    /// <returns>The slots.</returns>
    public SemaphoreSlim Of(string source, int size)
    {
        (string, int) key = (source, Math.Max(1, size));
        return _sources.TryGetValue(key, out SemaphoreSlim? slots)
            ? slots
            : _sources.GetOrAdd(key, static key => new SemaphoreSlim(key.Size, key.Size));
    }
}
