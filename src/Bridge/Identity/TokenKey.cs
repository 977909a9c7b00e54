using System.Security.Cryptography;

namespace Bridge.Identity;

/// <summary>A public key of an issuer.</summary>
/// <param name="Id">Its <c>kid</c>; <see langword="null"/> when it has none.</param>
/// <param name="Algorithm">The one algorithm it is for; <see langword="null"/> when the key does not say.</param>
internal abstract record TokenKey(string? Id, string? Algorithm)
{
    /// <summary>Whether the key verifies signatures of an algorithm.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>Whether it does.</returns>
    public bool Suits(TokenAlgorithm algorithm) => (Algorithm is null || Algorithm == algorithm.Name) && IsKindOf(algorithm);

    /// <summary>Verifies a signature with an algorithm that the key suits.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="data">What was signed.</param>
    /// <param name="signature">The signature.</param>
    /// <returns>Whether the signature is this key's over the data.</returns>
    public abstract bool Verify(TokenAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);

    /// <summary>Whether the key is of the algorithm's kind.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <returns>Whether it is.</returns>
    protected abstract bool IsKindOf(TokenAlgorithm algorithm);
}

/// <summary>An RSA key.</summary>
internal sealed record RsaTokenKey(string? Id, string? Algorithm, RSAParameters Parameters) : TokenKey(Id, Algorithm)
{
    /// <inheritdoc/>
    public override bool Verify(TokenAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        // One object may not verify on two threads, and making one costs less than verifying.
        using var rsa = RSA.Create(Parameters);
        return rsa.VerifyData(data, signature, algorithm.Hash, algorithm.Padding!);
    }

    /// <inheritdoc/>
    protected override bool IsKindOf(TokenAlgorithm algorithm) => algorithm.Padding is not null;
}

/// <summary>A key on an elliptic curve.</summary>
internal sealed record EcTokenKey(string? Id, string? Algorithm, string Curve, ECParameters Parameters) : TokenKey(Id, Algorithm)
{
    /// <inheritdoc/>
    public override bool Verify(TokenAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var curve = ECDsa.Create(Parameters);
        return curve.VerifyData(data, signature, algorithm.Hash, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    /// <inheritdoc/>
    protected override bool IsKindOf(TokenAlgorithm algorithm) => algorithm.Curve == Curve;
}
