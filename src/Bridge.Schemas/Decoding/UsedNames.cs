namespace Bridge.Schemas.Decoding;

/// <summary>The names that members of one object have taken, newest first; equal when they were taken in the same order.</summary>
/// <param name="Name">The newest name.</param>
/// <param name="Before">Those before it.</param>
internal sealed record UsedNames(string Name, UsedNames? Before)
{
    private readonly int _hash = HashCode.Combine(Name, Before);

    /// <summary>How many there are.</summary>
    public int Count { get; } = (Before?.Count ?? 0) + 1;

    /// <summary>Whether a name is taken.</summary>
    public bool Contains(string name)
    {
        for (UsedNames? names = this; names is not null; names = names.Before)
        {
            if (names.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;
}
