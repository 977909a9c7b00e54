using System.Collections.Concurrent;

namespace Bridge.Execution;

/// <summary>How many calls run at once for each client, tool and source. A source that hangs holds its own slots and nobody else's.</summary>
internal sealed class CallSlots
{
    private readonly ConcurrentDictionary<SlotKey, SemaphoreSlim> _all = new();

    /// <summary>The slots of one owner. Another size, after a change of configuration, is another set.</summary>
    /// <param name="key">Whose, and how many.</param>
    /// <returns>The slots.</returns>
    public SemaphoreSlim Of(SlotKey key) =>
        _all.TryGetValue(key, out SemaphoreSlim? slots) ? slots : _all.GetOrAdd(key, static key => new SemaphoreSlim(key.Size, key.Size));
}

/// <summary>Whose slots, and how many.</summary>
/// <param name="Kind">The kind of owner.</param>
/// <param name="Owner">The owner's id.</param>
/// <param name="Size">How many calls run at once.</param>
internal readonly record struct SlotKey(SlotKind Kind, string Owner, int Size)
{
    /// <summary>The setting that says how many.</summary>
    public string Setting => Kind switch
    {
        SlotKind.Client => "Bridge:Limits:ConcurrentCallsPerClient",
        SlotKind.Tool => "its 'ConcurrentCalls' in Bridge:Tools",
        _ => "Bridge:Limits:ConcurrentCallsPerSource",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{(Kind == SlotKind.Client ? "client" : Kind == SlotKind.Tool ? "tool" : "source")} '{Owner}'";
}

/// <summary>What has slots.</summary>
internal enum SlotKind
{
    /// <summary>A client.</summary>
    Client,

    /// <summary>A tool.</summary>
    Tool,

    /// <summary>A source.</summary>
    Source,
}
