using Bridge.Llama.Downloads;
using Bridge.Llama.Gguf;

namespace Bridge.Llama.Store;

/// <summary>Fetches models into a folder of their own.</summary>
/// <param name="root">The folder of all of them.</param>
/// <param name="download">Fetches a file.</param>
/// <param name="clock">Says when.</param>
internal sealed class FetchedModels(string root, FileDownload download, TimeProvider clock)
{
    /// <summary>Fetches a model, or what is missing of it.</summary>
    /// <param name="model">Where its files are.</param>
    /// <param name="name">Its name.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Ends it; what is there stays.</param>
    /// <exception cref="DownloadException">A file cannot be fetched, or is another one.</exception>
    /// <exception cref="GgufException">It is no model; it was deleted.</exception>
    public async Task<ModelRecord> FetchAsync(
        RemoteModel model, string name, string request, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string folder = FolderOf(name);
        Directory.CreateDirectory(folder);
        List<StoredFile> files = [];
        foreach (RemoteFile file in model.Files)
        {
            string path = Path.Combine(folder, file.Name);
            string hash = await IsThereAsync(path, file, cancellationToken).ConfigureAwait(false)
                ? file.Sha256!
                : await download.RunAsync(file, path, progress, cancellationToken).ConfigureAwait(false);
            files.Add(new StoredFile(path, new FileInfo(path).Length, hash, WebAddress.Text(file.Url)));
        }

        return new ModelRecord(name, request, model.Source, Downloaded: true, files, clock.GetUtcNow(), Summary(files));
    }

    /// <summary>Deletes the files of a model, unfinished ones included.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>How many bytes that freed; <see langword="null"/> when there was nothing.</returns>
    public long? Delete(string name)
    {
        DirectoryInfo folder = new(FolderOf(name));
        if (!folder.Exists)
        {
            return null;
        }

        long bytes = folder.EnumerateFiles().Sum(file => file.Length);
        folder.Delete(recursive: true);
        return bytes;
    }

    // Names are checked: they hold nothing that leads out of the folder.
    private string FolderOf(string name) => Path.Combine(root, name);

    // A file that was fetched before is taken only when its hash can be checked.
    private static async Task<bool> IsThereAsync(string path, RemoteFile file, CancellationToken cancellationToken) =>
        file.Sha256 is { } expected && File.Exists(path)
        && await LinkedModels.HashAsync(path, cancellationToken).ConfigureAwait(false) == expected;

    private static ModelSummary Summary(List<StoredFile> files)
    {
        try
        {
            return LinkedModels.SummaryOf(ModelFacts.Read(files[0].Path));
        }
        catch (GgufException)
        {
            files.ForEach(file => File.Delete(file.Path));
            throw;
        }
    }
}
