using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Storage;

/// <summary>The rules for collections and keys, and how they become file names.</summary>
internal static class DocumentName
{
    private const int MaxKeyLength = 60;
    private static readonly SearchValues<char> s_collection = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> s_plain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>Refuses names that no store takes.</summary>
    /// <param name="collection">The collection.</param>
    /// <exception cref="ArgumentException">The name is outside the rules.</exception>
    public static void CheckCollection(string collection)
    {
        bool valid = collection.Length is > 0 and <= 64 && collection[0] != '-' && !collection.AsSpan().ContainsAnyExcept(s_collection);
        if (!valid)
        {
            throw new ArgumentException($"'{collection}' is no name of a collection: it must fit [a-z0-9][a-z0-9-]{{0,63}}.", nameof(collection));
        }
    }

    /// <summary>Refuses keys that no store takes.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">The key is empty or too long.</exception>
    public static void CheckKey(string key)
    {
        if (key.Length is 0 or > MaxKeyLength)
        {
            throw new ArgumentException($"A key has 1 to {MaxKeyLength} characters, and '{key}' has {key.Length}.", nameof(key));
        }
    }

    /// <summary>The text that is equal only for equal content.</summary>
    /// <param name="content">The content.</param>
    /// <returns>SHA-256 in lower-case hex.</returns>
    public static string Version(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>A file name that is unique whatever the file system thinks of case, and leads back to the key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The name without ending: everything but lower-case letters, digits, '-' and '_' as <c>~XXXX</c>.</returns>
    public static string ToFile(string key)
    {
        var name = new StringBuilder(key.Length);
        foreach (char character in key)
        {
            if (s_plain.Contains(character))
            {
                name.Append(character);
            }
            else
            {
                name.Append('~').Append(((int)character).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return name.ToString();
    }

    /// <summary>The key behind a file name.</summary>
    /// <param name="file">The name without ending.</param>
    /// <returns>The key; <see langword="null"/> for a file that no store wrote.</returns>
    public static string? FromFile(string file)
    {
        var key = new StringBuilder(file.Length);
        for (int at = 0; at < file.Length; at++)
        {
            if (file[at] != '~')
            {
                key.Append(file[at]);
                continue;
            }

            bool escaped = at + 4 < file.Length
                & ushort.TryParse(
                    file.AsSpan(at + 1, Math.Min(4, file.Length - at - 1)),
                    System.Globalization.NumberStyles.AllowHexSpecifier,
                    System.Globalization.CultureInfo.InvariantCulture,
                    out ushort code);
            if (!escaped)
            {
                return null;
            }

            key.Append((char)code);
            at += 4;
        }

        return key.ToString();
    }
}
