namespace Bridge.Schemas.Exports;

/// <summary>Where in a value a part of a schema speaks, for people to read.</summary>
/// <param name="Path">The members on the way, such as <c>to.tags[]</c>.</param>
/// <param name="Depth">How many levels of the written schema lie above.</param>
internal readonly record struct ProviderPlace(string Path, int Depth)
{
    /// <summary>The items of an array.</summary>
    public ProviderPlace Items => new(Path + "[]", Depth + 1);

    /// <summary>A member of an object.</summary>
    public ProviderPlace Member(string name) => new(Path.Length == 0 ? name : $"{Path}.{name}", Depth + 1);

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? "The value" : $"'{Path}'";
}
