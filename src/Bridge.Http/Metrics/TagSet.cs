namespace Bridge.Http.Metrics;

/// <summary>The tags of one measurement in the order they were given: finds its series without writing their text each time.</summary>
internal readonly struct TagSet : IEquatable<TagSet>
{
    /// <summary>How many tags it holds at the most; measurements with more are found by their text.</summary>
    public const int Most = 3;

    private readonly KeyValuePair<string, object?> _first, _second, _third;

    /// <summary>Takes the tags of a measurement.</summary>
    /// <param name="tags">At most <see cref="Most"/>.</param>
    public TagSet(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _first = tags.Length > 0 ? tags[0] : default;
        _second = tags.Length > 1 ? tags[1] : default;
        _third = tags.Length > 2 ? tags[2] : default;
    }

    /// <inheritdoc/>
    public bool Equals(TagSet other) => Same(_first, other._first) && Same(_second, other._second) && Same(_third, other._third);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TagSet other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_first.Value, _second.Value, _third.Value);

    private static bool Same(KeyValuePair<string, object?> one, KeyValuePair<string, object?> other) => one.Key == other.Key && Equals(one.Value, other.Value);
}
