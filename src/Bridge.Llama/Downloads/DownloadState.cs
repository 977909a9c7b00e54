using System.Text.Json;
using System.Text.Json.Serialization;

namespace Bridge.Llama.Downloads;

/// <summary>What lies beside an unfinished file, so that it is only ever continued with the rest of itself.</summary>
/// <param name="Url">Where it comes from.</param>
/// <param name="ETag">What the server called this version of it.</param>
internal sealed record DownloadState(string Url, string? ETag)
{
    /// <summary>Reads the state beside an unfinished file.</summary>
    /// <param name="path">The state's file.</param>
    /// <returns>The state; <see langword="null"/> when there is none that can be read.</returns>
    public static DownloadState? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DownloadStateJsonContext.Default.DownloadState);
        }
        catch (Exception error) when (error is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes it.</summary>
    /// <param name="path">The state's file.</param>
    public void Write(string path) => File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(this, DownloadStateJsonContext.Default.DownloadState));
}

/// <summary>The state's JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DownloadState))]
internal sealed partial class DownloadStateJsonContext : JsonSerializerContext;
