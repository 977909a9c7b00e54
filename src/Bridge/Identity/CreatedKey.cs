namespace Bridge.Identity;

/// <summary>A new key: the only moment at which its text is known.</summary>
/// <param name="Key">The key as it is stored.</param>
/// <param name="Text">The key as the client sends it.</param>
public sealed record CreatedKey(ApiKey Key, string Text)
{
    /// <summary>Names the key without its secret, so that a log of this record gives nothing away.</summary>
    /// <returns>The key's id.</returns>
    public override string ToString() => $"key '{Key.Id}'";
}
