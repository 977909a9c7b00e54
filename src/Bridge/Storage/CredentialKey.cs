using System.Security.Cryptography;
using System.Text;

namespace Bridge.Storage;

/// <summary>The key that kept credentials are encrypted with: derived from a master key, else random in a file of mode 0600.</summary>
/// <remarks>A key in a file protects copies of the store that lack it, such as backups; a master key also protects against who can read the data folder.</remarks>
public sealed class CredentialKey
{
    /// <summary>The environment variable of the master key.</summary>
    public const string Variable = "BRIDGE_MASTER_KEY";

    /// <summary>The name of the key's file below the data folder.</summary>
    public const string FileName = "credentials.key";

    private const int Size = 32;
    private const int MinMasterKeyLength = 32;

    private readonly Lazy<byte[]> _value;

    private CredentialKey(Func<byte[]> make, bool hasMasterKey)
    {
        _value = new Lazy<byte[]>(make, LazyThreadSafetyMode.PublicationOnly);
        HasMasterKey = hasMasterKey;
    }

    /// <summary>Whether the key comes from a master key, not from a file beside the credentials.</summary>
    public bool HasMasterKey { get; }

    internal ReadOnlySpan<byte> Value => _value.Value;

    /// <summary>The key of a data folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="masterKey">The value of <see cref="Variable"/>, at least 32 characters; <see langword="null"/> or empty for the file.</param>
    /// <returns>The key; a file is made at the first use.</returns>
    public static CredentialKey Of(DataFolder folder, string? masterKey)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return string.IsNullOrEmpty(masterKey)
            ? new CredentialKey(() => ReadOrCreate(Path.Combine(folder.Path, FileName)), hasMasterKey: false)
            : new CredentialKey(() => Derive(masterKey), hasMasterKey: true);
    }

    /// <summary>A key that ends with this process, for a store that does too.</summary>
    /// <returns>The key.</returns>
    public static CredentialKey OfProcess() => new(static () => RandomNumberGenerator.GetBytes(Size), hasMasterKey: false);

    // A fast derivation is enough for a key that is random; a short one, which could be guessed, is refused.
    private static byte[] Derive(string masterKey) => masterKey.Length >= MinMasterKeyLength
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(masterKey), Size, info: "bridge credentials 1"u8.ToArray())
        : throw new CredentialException($"'{Variable}' has fewer than {MinMasterKeyLength} characters: make one with 'openssl rand -base64 32'.");

    private static byte[] ReadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            PrivateFile.CreateOnce(path, RandomNumberGenerator.GetBytes(Size));
        }

        byte[] key = File.ReadAllBytes(path);
        return key.Length == Size ? key : throw new CredentialException($"The file '{path}' is not a key of {Size} bytes: restore it, or remove it and log in again.");
    }
}
