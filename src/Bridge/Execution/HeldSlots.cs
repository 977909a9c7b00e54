namespace Bridge.Execution;

/// <summary>The slots one call holds; each is given back once, whoever comes first.</summary>
/// <param name="most">How many there are at most.</param>
internal sealed class HeldSlots(int most)
{
    private readonly Lock _gate = new();
    private readonly List<(SlotKind Kind, SemaphoreSlim Slots)> _held = new(most);

    /// <summary>Notes a slot that was taken.</summary>
    /// <param name="kind">Whose it is.</param>
    /// <param name="slots">Where it goes back to.</param>
    public void Add(SlotKind kind, SemaphoreSlim slots)
    {
        lock (_gate)
        {
            _held.Add((kind, slots));
        }
    }

    /// <summary>Gives back those of the client and the source: nobody waits for the call any more. The tool itself still runs.</summary>
    public void ReleaseWaiting() => Release(kind => kind != SlotKind.Tool);

    /// <summary>Gives back all that are left.</summary>
    public void Release() => Release(static _ => true);

    private void Release(Predicate<SlotKind> which)
    {
        lock (_gate)
        {
            foreach ((SlotKind kind, SemaphoreSlim slots) in _held)
            {
                if (which(kind))
                {
                    slots.Release();
                }
            }

            _held.RemoveAll(held => which(held.Kind));
        }
    }
}
