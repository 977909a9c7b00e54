using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Bridge.Identity;

/// <summary>An algorithm that tokens may be signed with (RFC 7518). All are asymmetric: a key that verifies cannot sign.</summary>
/// <param name="Name">Its name in the token's header.</param>
/// <param name="Hash">The hash that is signed.</param>
/// <param name="Padding">The padding of RSA; <see langword="null"/> for elliptic curves.</param>
/// <param name="Curve">The curve's name in a key; <see langword="null"/> for RSA.</param>
internal sealed record TokenAlgorithm(string Name, HashAlgorithmName Hash, RSASignaturePadding? Padding, string? Curve)
{
    private static readonly FrozenDictionary<string, TokenAlgorithm> s_allowed = new TokenAlgorithm[]
    {
        new("RS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1, null),
        new("PS256", HashAlgorithmName.SHA256, RSASignaturePadding.Pss, null),
        new("ES256", HashAlgorithmName.SHA256, null, "P-256"),
        new("ES384", HashAlgorithmName.SHA384, null, "P-384"),
    }.ToFrozenDictionary(algorithm => algorithm.Name, StringComparer.Ordinal);

    /// <summary>Finds an algorithm.</summary>
    /// <param name="name">Its name, case and all.</param>
    /// <returns>The algorithm; <see langword="null"/> for <c>none</c>, HMAC and every other that is not allowed.</returns>
    public static TokenAlgorithm? Find(string? name) => name is null ? null : s_allowed.GetValueOrDefault(name);
}
