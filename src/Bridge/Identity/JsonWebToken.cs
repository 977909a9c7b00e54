using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Bridge.Schemas.Json;

namespace Bridge.Identity;

/// <summary>A signed JSON Web Token in compact form (RFC 7515, RFC 7519), taken apart and not yet believed.</summary>
internal sealed class JsonWebToken
{
    /// <summary>The longest token that is read, in characters.</summary>
    public const int MaxLength = 16 * 1024;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private JsonWebToken(JsonElement header, JsonElement claims, byte[] signed, byte[] signature) =>
        (Header, Claims, Signed, Signature) = (header, claims, signed, signature);

    /// <summary>The header, an object.</summary>
    public JsonElement Header { get; }

    /// <summary>The claims, an object.</summary>
    public JsonElement Claims { get; }

    /// <summary>The bytes that were signed: the text up to the second dot.</summary>
    public byte[] Signed { get; }

    /// <summary>The signature.</summary>
    public byte[] Signature { get; }

    /// <summary>Whether a text has the form of a token: three parts that no key of Bridge's has.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it has.</returns>
    public static bool IsForm(string text) => text.AsSpan().Count('.') == 2;

    /// <summary>Takes a token apart.</summary>
    /// <param name="text">The text.</param>
    /// <param name="token">The token.</param>
    /// <returns><see langword="false"/> when it is too long, or not exactly three parts of base64url, of which two are JSON objects without duplicate members.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out JsonWebToken? token)
    {
        token = null;
        string[] parts = text.Length <= MaxLength ? text.Split('.', 4) : [];
        if (parts.Length != 3 || parts.Any(part => part.AsSpan().ContainsAnyExcept(s_alphabet)))
        {
            return false;
        }

        try
        {
            JsonElement header = Read(parts[0]), claims = Read(parts[1]);
            if (header.ValueKind == JsonValueKind.Object && claims.ValueKind == JsonValueKind.Object)
            {
                byte[] signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
                token = new JsonWebToken(header, claims, signed, Base64Url.DecodeFromChars(parts[2]));
            }
        }
        catch (FormatException)
        {
            // Not a token.
        }

        return token is not null;
    }

    /// <summary>The text of a member of the header or of the claims.</summary>
    /// <param name="owner">The header or the claims.</param>
    /// <param name="name">The member's name.</param>
    /// <returns>The text; <see langword="null"/> when there is none or it is no text.</returns>
    public static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Read(string part) => StrictJson.Parse(Base64Url.DecodeFromChars(part));
}
