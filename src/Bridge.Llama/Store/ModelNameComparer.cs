namespace Bridge.Llama.Store;

/// <summary>Whether two names behind <c>llama/</c> are of the same model: capitals make a difference in paths of files alone.</summary>
internal sealed class ModelNameComparer : IEqualityComparer<string>
{
    private ModelNameComparer()
    {
    }

    /// <summary>The one there is.</summary>
    public static ModelNameComparer Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(string? x, string? y) =>
        string.Equals(x, y, x is not null && ModelName.IsPath(x) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public int GetHashCode(string obj) => StringComparer.OrdinalIgnoreCase.GetHashCode(obj);
}
