using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Storage;

namespace Bridge.Configuration;

/// <summary>What folders a person accepted: one small file each in the data folder, bound to the content's hash.</summary>
/// <param name="dataFolder">The data folder.</param>
/// <param name="clock">Tells when something was accepted.</param>
/// <remarks>Safe for several processes: a record is written beside and moved into place.</remarks>
public sealed class TrustStore(string dataFolder, TimeProvider clock)
{
    private const string Collection = "trust";

    private readonly string _records = Path.Combine(dataFolder, Collection);

    /// <summary>Whether the configuration of a folder may be used.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="content">Its content.</param>
    /// <returns>The verdict.</returns>
    public TrustVerdict Judge(ConfigurationFolder folder, TrustContent content)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(content);
        if (folder.Origin != ConfigurationOrigin.CurrentFolder)
        {
            return TrustVerdict.NotNeeded;
        }

        if (ShippedSample.Matches(content))
        {
            return TrustVerdict.ShippedSample;
        }

        return AcceptedHash(content.Folder) is not { } hash ? TrustVerdict.Unknown
            : hash == content.Hash ? TrustVerdict.Accepted
            : TrustVerdict.Changed;
    }

    /// <summary>Records that a person accepted a content; what was accepted for the folder before is forgotten.</summary>
    /// <param name="content">The content that was shown.</param>
    /// <exception cref="IOException">The record cannot be written.</exception>
    public void Accept(TrustContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var record = new JsonObject
        {
            ["folder"] = content.Folder,
            ["sha256"] = content.Hash,
            ["accepted_at"] = clock.GetUtcNow().ToString("O"),
        };
        DataFolder.Open(dataFolder).Folder(Collection);
        PrivateFile.Replace(RecordOf(content.Folder), Encoding.UTF8.GetBytes(record.ToJsonString()));
    }

    /// <summary>Forgets what was accepted for a folder.</summary>
    /// <param name="folder">The folder's path.</param>
    /// <returns>Whether something had been accepted.</returns>
    public bool Revoke(string folder)
    {
        string path = RecordOf(folder);
        bool existed = File.Exists(path);
        File.Delete(path);
        return existed;
    }

    private string? AcceptedHash(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(RecordOf(folder)))?["sha256"]?.GetValue<string>();
        }
        catch (Exception error) when (error is IOException or JsonException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null; // no record, or one that nobody can vouch for: the person is asked again
        }
    }

    private string RecordOf(string folder) =>
        Path.Combine(_records, TrustedFile.HashOf(Encoding.UTF8.GetBytes(Path.GetFullPath(folder)))[..32] + ".json");
}
