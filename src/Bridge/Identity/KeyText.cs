using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Identity;

/// <summary>The text of a key: <c>bridge_ID_SECRET</c>, easy to find by secret scanners.</summary>
internal static class KeyText
{
    private const string Prefix = "bridge_";
    private const int IdBytes = 6, SecretBytes = 32;
    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    public static (string Id, string Text) Create()
    {
        string id = RandomNumberGenerator.GetHexString(IdBytes * 2, lowercase: true);
        return (id, $"{Prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <summary>Reads the id; the secret is never parsed, only hashed together with the rest.</summary>
    public static bool TryReadId(string text, [NotNullWhen(true)] out string? id)
    {
        int end = Prefix.Length + (IdBytes * 2);
        bool valid = text.Length > end && text.Length <= 128 && text.StartsWith(Prefix, StringComparison.Ordinal) && text[end] == '_'
            && IsId(text.AsSpan(Prefix.Length, IdBytes * 2));
        id = valid ? text[Prefix.Length..end] : null;
        return valid;
    }

    public static bool IsId(ReadOnlySpan<char> text) => text.Length == IdBytes * 2 && !text.ContainsAnyExcept(s_hex);

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Compares two hashes in a time that does not tell where the first difference is.</summary>
    public static bool Same(string hash, string other) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(hash.AsSpan()), MemoryMarshal.AsBytes(other.AsSpan()));
}
