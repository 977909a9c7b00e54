using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Identity;

/// <summary>The public keys of an issuer, a JSON Web Key Set (RFC 7517).</summary>
/// <remarks>Keys that cannot verify an allowed algorithm, symmetric ones above all, are left out; so are keys that are for something else.</remarks>
internal sealed class TokenKeySet
{
    private const int LeastRsaBits = 2048, MostRsaBits = 8192, MostKeys = 100;

    private TokenKeySet(ImmutableArray<TokenKey> keys) => Keys = keys;

    /// <summary>The usable keys.</summary>
    public ImmutableArray<TokenKey> Keys { get; }

    /// <summary>Reads a set.</summary>
    /// <param name="json">The set as JSON.</param>
    /// <returns>The set, with at least one usable key.</returns>
    /// <exception cref="FormatException">It is no set, or holds no usable key; the message is the rest of a sentence.</exception>
    public static TokenKeySet Parse(ReadOnlyMemory<byte> json)
    {
        JsonElement root;
        try
        {
            root = StrictJson.Parse(json);
        }
        catch (StrictJsonException error)
        {
            throw new FormatException($"cannot be read: {error.Message}", error);
        }

        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("keys", out JsonElement keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("is not a JSON Web Key Set: an object with a list 'keys'.");
        }

        if (keys.GetArrayLength() > MostKeys)
        {
            throw new FormatException($"holds more than {MostKeys} keys.");
        }

        ImmutableArray<TokenKey> usable = [.. keys.EnumerateArray().Select(Read).OfType<TokenKey>()];
        return usable.IsEmpty
            ? throw new FormatException($"holds no usable key: RSA from {LeastRsaBits} bits, or on the curves P-256 and P-384, for signatures.")
            : new TokenKeySet(usable);
    }

    /// <summary>The keys that may have signed a token.</summary>
    /// <param name="id">The token's <c>kid</c>; <see langword="null"/> when it has none, and then the key must be the only one.</param>
    /// <param name="algorithm">The token's algorithm.</param>
    /// <returns>The keys.</returns>
    public ImmutableArray<TokenKey> Find(string? id, TokenAlgorithm algorithm)
    {
        ImmutableArray<TokenKey> found = [.. Keys.Where(key => key.Suits(algorithm) && (id is null || id == key.Id))];
        return id is null && found.Length > 1 ? [] : found;
    }

    private static TokenKey? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object
            || (Text(key, "use") ?? "sig") != "sig"
            || (key.TryGetProperty("key_ops", out JsonElement uses) && !Lists(uses, "verify")))
        {
            return null;
        }

        (string? id, string? algorithm) = (Text(key, "kid"), Text(key, "alg"));
        try
        {
            return Text(key, "kty") switch
            {
                "RSA" => ReadRsa(key, id, algorithm),
                "EC" => ReadEc(key, id, algorithm),
                _ => null,
            };
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private static RsaTokenKey? ReadRsa(JsonElement key, string? id, string? algorithm)
    {
        var parameters = new RSAParameters { Modulus = Bytes(key, "n"), Exponent = Bytes(key, "e") };
        using var rsa = RSA.Create(parameters);
        return rsa.KeySize is >= LeastRsaBits and <= MostRsaBits ? new RsaTokenKey(id, algorithm, parameters) : null;
    }

    private static EcTokenKey? ReadEc(JsonElement key, string? id, string? algorithm)
    {
        ECCurve? curve = Text(key, "crv") switch
        {
            "P-256" => ECCurve.NamedCurves.nistP256,
            "P-384" => ECCurve.NamedCurves.nistP384,
            _ => null,
        };
        if (curve is null)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = curve.Value, Q = new ECPoint { X = Bytes(key, "x"), Y = Bytes(key, "y") } };
        ECDsa.Create(parameters).Dispose(); // throws for a point that is not on the curve
        return new EcTokenKey(id, algorithm, Text(key, "crv")!, parameters);
    }

    private static byte[] Bytes(JsonElement key, string name) =>
        Base64Url.DecodeFromChars(Text(key, name) ?? throw new FormatException($"'{name}' is missing."));

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Lists(JsonElement list, string wanted) =>
        list.ValueKind == JsonValueKind.Array && list.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.String && item.GetString() == wanted);
}
