using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Bridge.Configuration;

/// <summary>Everything in a configuration folder that decides what Bridge starts and whom it talks to, as it is right now.</summary>
/// <remarks>Trust binds configuration, not the programs that it names.</remarks>
public sealed record TrustContent
{
    private TrustContent(string folder, ImmutableArray<TrustedFile> files)
    {
        Folder = folder;
        Files = files;
    }

    /// <summary>The configuration folder.</summary>
    public string Folder { get; }

    /// <summary>The files that exist.</summary>
    public ImmutableArray<TrustedFile> Files { get; }

    /// <summary>SHA-256 over the names and contents of all files, in lower-case hex.</summary>
    public string Hash => TrustedFile.HashOf(Encoding.UTF8.GetBytes(string.Concat(Files.Select(file => $"{file.Name}\0{file.Sha256}\n"))));

    /// <summary>Reads and hashes the files of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">What its settings say, for the names of the files.</param>
    /// <returns>The content.</returns>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static TrustContent Read(ConfigurationFolder folder, BridgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(options);
        string root = folder.ProjectRoot ?? folder.Path;
        IEnumerable<string> paths = folder.SettingsFiles
            .Append(folder.Resolve(options.McpFile))
            .Append(folder.Resolve(options.ModelsFile))
            .Concat(options.Http.Tokens.KeysFile is { } keys ? [Path.GetFullPath(keys, folder.Path)] : [])
            .Distinct(StringComparer.Ordinal)
            .Where(File.Exists)
            .Order(StringComparer.Ordinal);
        return new TrustContent(folder.Path, [.. paths.Select(path => TrustedFile.Read(root, path))]);
    }
}

/// <summary>One file of a configuration folder.</summary>
/// <param name="Name">Its path below the folder that holds the configuration, with forward slashes.</param>
/// <param name="Sha256">SHA-256 of its content in lower-case hex.</param>
public sealed record TrustedFile(string Name, string Sha256)
{
    internal static TrustedFile Read(string root, string path) =>
        new(Path.GetRelativePath(root, path).Replace('\\', '/'), HashOf(File.ReadAllBytes(path)));

    internal static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));
}
