using System.Collections.Frozen;

namespace Bridge.Configuration;

/// <summary>The sample configuration of the repository, embedded from the very files it ships.</summary>
public static class ShippedSample
{
    private const string Prefix = "shipped/";

    private static readonly FrozenDictionary<string, byte[]> s_files = typeof(ShippedSample).Assembly
        .GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Prefix.Length..], Load, StringComparer.Ordinal);

    /// <summary>The names of the files, relative to the root of the repository.</summary>
    public static IEnumerable<string> Names => s_files.Keys;

    /// <summary>The content of one file.</summary>
    /// <param name="name">Its name, such as <c>config/mcp.json</c>.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    public static ReadOnlyMemory<byte> Read(string name) => s_files[name];

    /// <summary>Whether every file of a folder is exactly as shipped.</summary>
    /// <param name="content">The folder's content.</param>
    /// <returns><see langword="false"/> also for a folder without files.</returns>
    public static bool Matches(TrustContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return !content.Files.IsEmpty
            && content.Files.All(file => s_files.TryGetValue(file.Name, out byte[]? shipped) && TrustedFile.HashOf(shipped) == file.Sha256);
    }

    private static byte[] Load(string resource)
    {
        using Stream stream = typeof(ShippedSample).Assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
