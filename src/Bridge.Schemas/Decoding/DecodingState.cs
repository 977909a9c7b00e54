using System.Buffers;

namespace Bridge.Schemas.Decoding;

/// <summary>Where decoding stands after some text: what is forced next, where a choice is, and which bytes may follow. Immutable.</summary>
public readonly struct DecodingState : IEquatable<DecodingState>
{
    private readonly GrammarState _state;
    private readonly int _count;
    private readonly WrittenName? _name;

    internal DecodingState(GrammarState state, int count, WrittenName? name)
    {
        _state = state;
        _count = count;
        _name = name;
    }

    /// <summary>Whether the text so far is whole: decoding may end here.</summary>
    public bool CanEnd => _state.CanEnd(_count);

    /// <summary>Whether the text so far is whole and nothing may follow.</summary>
    public bool IsOver => CanEnd && Allowed.Count == 0;

    /// <summary>The bytes that may follow.</summary>
    public ByteSet Allowed => _state.Allowed(_count, _name);

    /// <summary>How many bytes the shortest valid completion has; 0 where decoding may end.</summary>
    public int ShortestEnd => _state.Rest(_count, _name);

    /// <summary>What states with equal masks have in common, so that masks are made once; <see langword="null"/> where this state is on its own.</summary>
    /// <param name="horizon">How many characters a mask looks ahead: the length of the longest token, in bytes.</param>
    /// <remarks>
    /// The interior of a string is the same wherever it stands in the string, as long as no bound of its length is within the
    /// horizon. Names of members that the schema does not name must not repeat, and so have masks of their own.
    /// </remarks>
    public object? MaskKey(int horizon) => !_state.HasName && _state.IsSteady(_count, horizon) ? _state : null;

    /// <summary>Where this state stands inside a string, a number or a name; <see langword="null"/> where it stands elsewhere, or may be read in several ways.</summary>
    /// <param name="horizon">How many characters are looked ahead, as for <see cref="MaskKey"/>.</param>
    /// <remarks>What goes on inside the text and what ends it have no byte in common: a byte that may follow inside it does not end it.</remarks>
    public TextInterior? Interior(int horizon) => _state.Interior(_count, horizon);

    /// <summary>Takes a byte.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="next">The state after it.</param>
    /// <returns>Whether the byte may follow.</returns>
    public bool TryTake(byte value, out DecodingState next)
    {
        if (_state.Take(value, _count, _name) is not { Target: { } target } move)
        {
            next = default;
            return false;
        }

        int count = move.Resets ? 0 : move.Counts ? _count + 1 : _count;
        WrittenName? name = !move.Names || move.Resets ? null : new WrittenName(value, _name);
        next = new DecodingState(target, count, name);
        return true;
    }

    /// <summary>Takes bytes, up to the first that may not follow.</summary>
    /// <param name="text">The bytes.</param>
    /// <param name="next">The state after those that were taken.</param>
    /// <returns>How many were taken.</returns>
    public int Take(ReadOnlySpan<byte> text, out DecodingState next)
    {
        next = this;
        for (int i = 0; i < text.Length; i++)
        {
            if (!next.TryTake(text[i], out DecodingState after))
            {
                return i;
            }

            next = after;
        }

        return text.Length;
    }

    /// <summary>Whether a text may follow that is not part of a string, a number or a name, but stands around them.</summary>
    /// <param name="text">The text, not empty.</param>
    public bool MayStandAround(ReadOnlySpan<byte> text) =>
        _state.WithoutText(_count, _name) is { } around && new DecodingState(around, 0, null).Take(text, out _) == text.Length;

    /// <summary>Writes the text that must follow, whatever is chosen later; none where there is a choice, to end being one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <returns>The state after it.</returns>
    public DecodingState TakeForced(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        DecodingState state = this;
        while (state.Allowed is { Count: 1 } only && !state.CanEnd)
        {
            output.Write([only.First]);
            state.TryTake(only.First, out state);
        }

        return state;
    }

    /// <inheritdoc/>
    public bool Equals(DecodingState other) => ReferenceEquals(_state, other._state) && _count == other._count && Equals(_name, other._name);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is DecodingState other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_state, _count, _name);

    /// <summary>Whether two states are the same.</summary>
    public static bool operator ==(DecodingState left, DecodingState right) => left.Equals(right);

    /// <summary>Whether two states differ.</summary>
    public static bool operator !=(DecodingState left, DecodingState right) => !left.Equals(right);
}
