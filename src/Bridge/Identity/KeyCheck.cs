namespace Bridge.Identity;

/// <summary>What became of a key that a client showed.</summary>
/// <param name="Result">The result.</param>
/// <param name="Key">The key; <see langword="null"/> when it is unknown.</param>
public sealed record KeyCheck(KeyCheckResult Result, ApiKey? Key);

/// <summary>The results of checking a key.</summary>
public enum KeyCheckResult
{
    /// <summary>The key is good.</summary>
    Accepted,

    /// <summary>There is no such key, or its secret is wrong: nobody is told which.</summary>
    Unknown,

    /// <summary>The key is genuine and its time is over.</summary>
    Expired,

    /// <summary>The key is genuine and was revoked.</summary>
    Revoked,
}
