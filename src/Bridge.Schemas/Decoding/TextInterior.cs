using Bridge.Schemas.Automata;

namespace Bridge.Schemas.Decoding;

/// <summary>Where decoding stands inside a string or a number, whatever stands around it. Immutable.</summary>
/// <remarks>Where <see cref="Rules"/> and <see cref="Place"/> are the same, the same bytes may follow inside the text, whichever the schema is.</remarks>
public readonly struct TextInterior : IEquatable<TextInterior>
{
    private readonly ByteMachine _machine;
    private readonly int _count;

    internal TextInterior(ByteMachine machine, int place, int count)
    {
        _machine = machine;
        Place = place;
        _count = count;
    }

    /// <summary>What the text must be, its length aside.</summary>
    public object Rules => _machine.Rules;

    /// <summary>How much of that is written.</summary>
    public int Place { get; }

    /// <summary>Whether the text may end here.</summary>
    public bool CanEnd => _machine.Accepts(Place, _count);

    /// <summary>Takes a byte of the text.</summary>
    /// <param name="value">The byte.</param>
    /// <param name="next">Where decoding stands after it.</param>
    /// <returns>Whether it may follow inside the text.</returns>
    public bool TryTake(byte value, out TextInterior next)
    {
        int place = Place;
        int count = _count;
        bool may = _machine.TryStep(value, ref place, ref count);
        next = new TextInterior(_machine, place, count);
        return may;
    }

    /// <inheritdoc/>
    public bool Equals(TextInterior other) => ReferenceEquals(_machine, other._machine) && Place == other.Place && _count == other._count;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TextInterior other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_machine, Place, _count);

    /// <summary>Whether two are the same.</summary>
    public static bool operator ==(TextInterior left, TextInterior right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(TextInterior left, TextInterior right) => !left.Equals(right);
}
