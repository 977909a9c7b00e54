using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>The items of an array; the state says how many are written, and how much of the separator after them.</summary>
internal sealed class ItemsNode : GrammarNode
{
    private readonly GrammarRule[] _prefix;
    private readonly GrammarRule? _rest;
    private readonly int _min;
    private readonly int _max;

    /// <summary>Makes the items.</summary>
    /// <param name="prefix">The items by position.</param>
    /// <param name="rest">Every further item; <see langword="null"/> when there is none.</param>
    /// <param name="min">The least number of items.</param>
    /// <param name="max">The greatest number of items.</param>
    /// <param name="separator">What stands between items.</param>
    /// <param name="close">What closes the array.</param>
    public ItemsNode(GrammarRule[] prefix, GrammarRule? rest, int min, int max, byte[] separator, GrammarNode close)
    {
        Separator = separator;
        Close = close;
        _prefix = prefix;
        _rest = rest;
        _min = min;
        _max = rest is null ? Math.Min(max, prefix.Length) : max;
    }

    /// <summary>What stands between items, at most 3 bytes.</summary>
    public byte[] Separator { get; }

    /// <summary>What closes the array.</summary>
    public GrammarNode Close { get; }

    /// <summary>How many bytes of the separator are written.</summary>
    public static int Offset(int state) => state & 3;

    /// <summary>Whether there is an item.</summary>
    public static bool HasItems(int state) => Written(state) > 0;

    /// <summary>Whether the array may be closed.</summary>
    public bool MayClose(int state) => Written(state) >= _min;

    /// <summary>Whether another item may follow.</summary>
    public bool MayGrow(int state) => Written(state) < _max;

    /// <summary>The item that comes next.</summary>
    public GrammarRule Item(int state) => At(Written(state));

    /// <summary>The state after that item; items are not counted further than they matter.</summary>
    public int After(int state)
    {
        int written = Written(state) + 1;
        return (_max == int.MaxValue ? Math.Min(written, Math.Max(Math.Max(_min, _prefix.Length), 1)) : written) << 2;
    }

    public override int RestFrom(int state, int count)
    {
        int written = Written(state);
        int offset = Offset(state);
        long rest = Close.Rest;
        if (offset > 0)
        {
            rest += Separator.Length - offset + At(written).Rest;
            written++;
        }

        for (; written < Math.Min(_min, _prefix.Length); written++)
        {
            rest += (written == 0 ? 0 : Separator.Length) + At(written).Rest;
        }

        if (written < _min)
        {
            rest += ((long)(_min - written) * (Separator.Length + _rest!.Rest)) - (written == 0 ? Separator.Length : 0);
        }

        return (int)Math.Min(rest, ByteMachine.Never);
    }

    protected override long Measure() => RestFrom(0, 0);

    private static int Written(int state) => state >> 2;

    private GrammarRule At(int position) => position < _prefix.Length ? _prefix[position] : _rest!;
}
