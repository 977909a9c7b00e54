using System.Net;
using System.Text.Json;

namespace Bridge.Llama.Downloads;

/// <summary>Asks a hub that speaks the API of Hugging Face which files a model consists of, at which commit, with which hashes.</summary>
/// <param name="http">Sends the requests.</param>
/// <param name="root">The hub's address.</param>
/// <param name="token">The bearer token for it.</param>
internal sealed class ModelHub(ModelHttp http, Uri root, string? token)
{
    // A list of files; the largest repositories' are some hundred kilobytes.
    private const int LongestAnswer = 16 << 20;

    /// <summary>Finds the files.</summary>
    /// <param name="reference">The model.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The files at the commit that is the newest now.</returns>
    /// <exception cref="DownloadException">There is no such model, or the hub does not answer as expected.</exception>
    public async Task<RemoteModel> ResolveAsync(HubReference reference, CancellationToken cancellationToken)
    {
        string revision = reference.Revision is { } named ? $"/revision/{Uri.EscapeDataString(named)}" : "";
        Uri url = new(root, $"/api/models/{reference.Repository}{revision}?blobs=true");
        using JsonDocument answer = await AskAsync(url, reference, cancellationToken).ConfigureAwait(false);
        try
        {
            string commit = answer.RootElement.GetProperty("sha").GetString()!;
            IReadOnlyList<HubFile> files = HubChoice.Of([.. answer.RootElement.GetProperty("siblings").EnumerateArray().Select(ReadFile)], reference);
            return new RemoteModel(
                new HubReference(reference.Repository, commit, files[0].Path).ToString(),
                [.. files.Select(file => new RemoteFile(UrlOf(reference.Repository, commit, file.Path), FileNames.Of(file.Path), file.Bytes, file.Sha256))]);
        }
        catch (Exception error) when (error is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentNullException)
        {
            throw new DownloadException($"'{WebAddress.Text(url)}' answers with JSON that is not a hub's description of a model.", error);
        }
    }

    private Uri UrlOf(string repository, string commit, string path) =>
        new(root, $"/{repository}/resolve/{Uri.EscapeDataString(commit)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");

    private static HubFile ReadFile(JsonElement file)
    {
        bool large = file.TryGetProperty("lfs", out JsonElement lfs) && lfs.ValueKind == JsonValueKind.Object;
        JsonElement sized = large ? lfs : file;
        return new HubFile(
            file.GetProperty("rfilename").GetString()!,
            sized.TryGetProperty("size", out JsonElement size) && size.ValueKind == JsonValueKind.Number ? size.GetInt64() : null,
            large ? lfs.GetProperty("sha256").GetString() : null);
    }

    private async Task<JsonDocument> AskAsync(Uri url, HubReference reference, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.GetAsync(url, _ => { }, token, cancellationToken).ConfigureAwait(false);
            ThrowUnlessFound(response, reference);
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is InterruptedException or HttpRequestException or IOException or JsonException)
        {
            throw new DownloadException($"The hub '{root.Host}' could not be asked for '{reference}': {error.Message}", error);
        }
    }

    private void ThrowUnlessFound(HttpResponseMessage response, HubReference reference)
    {
        switch (response.StatusCode)
        {
            case HttpStatusCode.OK:
                return;
            case HttpStatusCode.NotFound or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden:
                throw new DownloadException(
                    $"'{root.Host}' does not show '{reference}' (it answers {(int)response.StatusCode}): check the name; for a model behind terms, accept them on its page and set 'HF_TOKEN'.");
            default:
                throw new DownloadException($"'{root.Host}' answers {(int)response.StatusCode} for '{reference}': try again later.");
        }
    }
}
