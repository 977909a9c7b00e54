using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Llama.Store;

/// <summary>A model the store knows.</summary>
/// <param name="Name">Its name here.</param>
/// <param name="Request">What was asked for when it was added.</param>
/// <param name="Source">The same, pinned: a path, an address, or a repository at a commit.</param>
/// <param name="Downloaded">Whether the store fetched the files and owns them; else they are somebody else's and only pointed to.</param>
/// <param name="Files">Its files, in order.</param>
/// <param name="Added">When it was added.</param>
/// <param name="Summary">What the files said then.</param>
public sealed record ModelRecord(
    string Name,
    string Request,
    string Source,
    bool Downloaded,
    IReadOnlyList<StoredFile> Files,
    DateTimeOffset Added,
    ModelSummary Summary)
{
    /// <summary>The file to load: the first of a split model.</summary>
    [JsonIgnore]
    public string Path => Files[0].Path;

    /// <summary>The length of all files.</summary>
    [JsonIgnore]
    public long Bytes => Files.Sum(file => file.Bytes);
}

/// <summary>A file of a model.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">How long it was when it was added.</param>
/// <param name="Sha256">Its hash, where it was taken: of every downloaded file.</param>
/// <param name="Url">Where it was fetched from.</param>
public sealed record StoredFile(string Path, long Bytes, string? Sha256 = null, string? Url = null);

/// <summary>A model in a line.</summary>
/// <param name="Architecture">The architecture.</param>
/// <param name="Size">The size in a word.</param>
/// <param name="Quantisation">What the weights mostly are.</param>
/// <param name="Context">The longest context, in tokens.</param>
public sealed record ModelSummary(string Architecture, string Size, string Quantisation, int Context);

/// <summary>The record's JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ModelRecord))]
internal sealed partial class ModelRecordJsonContext : JsonSerializerContext;
