using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>An issuer of tokens with one key of each kind, whose key set is public.</summary>
internal sealed class TestIssuer : IDisposable
{
    public const string Name = "https://issuer.test", Audience = "https://bridge.test";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    /// <summary>Put before the ids of all keys: another prefix is another generation.</summary>
    public string Generation { get; set; } = "";

    /// <summary>The public RSA key as PEM, as an attacker can have it.</summary>
    public byte[] RsaPem => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

    public string KeySet
    {
        get
        {
            RSAParameters rsa = _rsa.ExportParameters(false);
            return new JsonObject
            {
                ["keys"] = new JsonArray(
                    new JsonObject { ["kty"] = "RSA", ["kid"] = IdOf("RS256"), ["use"] = "sig", ["n"] = Text(rsa.Modulus!), ["e"] = Text(rsa.Exponent!) },
                    Curve(_p256, "ES256", "P-256"),
                    Curve(_p384, "ES384", "P-384"),
                    new JsonObject { ["kty"] = "oct", ["kid"] = "secret", ["k"] = Text([1, 2, 3, 4]) },
                    new JsonObject { ["kty"] = "RSA", ["kid"] = "encrypts", ["use"] = "enc", ["n"] = Text(rsa.Modulus!), ["e"] = Text(rsa.Exponent!) }),
            }.ToJsonString();
        }
    }

    public static string Text(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static string Text(string json) => Text(Encoding.UTF8.GetBytes(json));

    /// <summary>Claims that are in order.</summary>
    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Name,
        ["aud"] = Audience,
        ["sub"] = "ada",
        ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        ["nbf"] = now.ToUnixTimeSeconds(),
        ["scope"] = "openid bridge:read",
    };

    public string IdOf(string algorithm) => Generation + (algorithm == "PS256" ? "RS256" : algorithm);

    /// <summary>Signs claims in the usual way.</summary>
    public string Sign(JsonObject claims, string algorithm = "ES256") =>
        Sign($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{IdOf(algorithm)}}"}""", claims.ToJsonString(), algorithm);

    /// <summary>Signs any header and any claims, whatever the header says.</summary>
    public string Sign(string header, string claims, string algorithm)
    {
        string signed = $"{Text(header)}.{Text(claims)}";
        byte[] data = Encoding.ASCII.GetBytes(signed);
        byte[] signature = algorithm switch
        {
            "RS256" => _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "PS256" => _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "ES256" => _p256.SignData(data, HashAlgorithmName.SHA256),
            "ES384" => _p384.SignData(data, HashAlgorithmName.SHA384),
            "RS512" => _rsa.SignData(data, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "HS256" => HMACSHA256.HashData(RsaPem, data),
            "zero" => new byte[64],
            _ => [],
        };
        return $"{signed}.{Text(signature)}";
    }

    public void Dispose()
    {
        _rsa.Dispose();
        _p256.Dispose();
        _p384.Dispose();
    }

    private JsonObject Curve(ECDsa key, string algorithm, string name)
    {
        ECPoint point = key.ExportParameters(false).Q;
        return new JsonObject { ["kty"] = "EC", ["kid"] = IdOf(algorithm), ["alg"] = algorithm, ["crv"] = name, ["x"] = Text(point.X!), ["y"] = Text(point.Y!) };
    }
}
