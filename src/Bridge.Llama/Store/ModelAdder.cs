using System.Text.RegularExpressions;
using Bridge.Llama.Downloads;
using Bridge.Llama.Gguf;

namespace Bridge.Llama.Store;

/// <summary>Adds models, and puts right what is missing of those that were added before.</summary>
/// <param name="records">The records.</param>
/// <param name="linked">Makes records of files of this machine.</param>
/// <param name="fetched">Makes records of fetched files.</param>
/// <param name="hub">Knows what repositories hold.</param>
internal sealed partial class ModelAdder(ModelRecords records, LinkedModels linked, FetchedModels fetched, ModelHub hub)
{
    /// <summary>Adds.</summary>
    /// <param name="addition">What to add.</param>
    /// <param name="progress">Told how far a download is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<AddedModels> AddAsync(ModelAddition addition, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string? sha256 = addition.Sha256 is { } hash ? CheckHash(hash) : null;
        string? name = addition.Name is { } given ? ModelName.Check(given) : null;
        if (addition.Source.StartsWith(HubReference.Prefix, StringComparison.Ordinal))
        {
            HubReference reference = HubReference.Parse(addition.Source);
            return One(await FromHubAsync(reference, name, sha256, progress, cancellationToken).ConfigureAwait(false));
        }

        if (addition.Source.Contains("://", StringComparison.Ordinal))
        {
            RemoteModel model = RemoteModel.At(WebAddress.Parse(addition.Source));
            return One(await FetchAsync(Pinned(model, sha256), model.Source, name, progress, cancellationToken).ConfigureAwait(false));
        }

        string path = Path.GetFullPath(addition.Source, addition.CurrentFolder);
        if (Directory.Exists(path))
        {
            return name is null && sha256 is null
                ? await LinkAllAsync(path, cancellationToken).ConfigureAwait(false)
                : throw new ModelStoreException($"'{path}' is a folder, and '--name' and '--sha256' are of one file.");
        }

        return File.Exists(path)
            ? One(await LinkAsync(path, name, sha256, cancellationToken).ConfigureAwait(false))
            : throw new ModelStoreException($"There is no file or folder '{path}'. A model of Hugging Face is written 'hf:ORG/REPO'.");
    }

    private async Task<AddedModels> LinkAllAsync(string folder, CancellationToken cancellationToken)
    {
        List<ModelRecord> models = [];
        List<SkippedFile> skipped = [];
        foreach (string file in LinkedModels.FilesOf(folder))
        {
            try
            {
                models.Add(await LinkAsync(file, null, null, cancellationToken).ConfigureAwait(false));
            }
            catch (Exception error) when (error is GgufException or ModelStoreException or IOException or UnauthorizedAccessException)
            {
                skipped.Add(new SkippedFile(file, error.Message));
            }
        }

        return models.Count + skipped.Count > 0
            ? new AddedModels(models, skipped)
            : throw new ModelStoreException($"The folder '{folder}' holds no file that ends in '.gguf'.");
    }

    private async Task<ModelRecord> LinkAsync(string path, string? name, string? sha256, CancellationToken cancellationToken)
    {
        ModelRecord record = await linked.ReadAsync(path, name, sha256, cancellationToken).ConfigureAwait(false);
        ModelRecord? other = await records.FindAsync(record.Name, cancellationToken).ConfigureAwait(false);
        if (other is not null && (other.Downloaded || other.Path != record.Path))
        {
            throw Taken(other);
        }

        Task written = other is null ? records.AddAsync(record, cancellationToken) : records.WriteAsync(record, cancellationToken);
        await written.ConfigureAwait(false);
        return record;
    }

    // The same words mean the same files until the model is removed, whatever the repository holds by then.
    private async Task<ModelRecord> FromHubAsync(
        HubReference reference, string? name, string? sha256, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        string request = reference.ToString();
        IReadOnlyList<ModelRecord> all = await records.ListAsync(cancellationToken).ConfigureAwait(false);
        ModelRecord? known = all.FirstOrDefault(record => record.Downloaded && record.Request == request && (name ?? record.Name) == record.Name);
        RemoteModel model = known is null
            ? await hub.ResolveAsync(reference, cancellationToken).ConfigureAwait(false)
            : new RemoteModel(known.Source, [.. known.Files.Select(file => new RemoteFile(new Uri(file.Url!), Path.GetFileName(file.Path), file.Bytes, file.Sha256))]);
        return await FetchAsync(Pinned(model, sha256), request, known?.Name ?? name, progress, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ModelRecord> FetchAsync(
        RemoteModel model, string request, string? name, IProgress<DownloadProgress>? progress, CancellationToken cancellationToken)
    {
        name ??= ModelName.FromFile(model.Files[0].Name);
        ModelRecord? known = await records.FindAsync(name, cancellationToken).ConfigureAwait(false);
        if (known is null)
        {
            ModelRecord record = await fetched.FetchAsync(model, name, request, progress, cancellationToken).ConfigureAwait(false);
            await records.AddAsync(record, cancellationToken).ConfigureAwait(false);
            return record;
        }

        if (!known.Downloaded || known.Request != request)
        {
            throw Taken(known);
        }

        await fetched.FetchAsync(AsRecorded(model, known), name, request, progress, cancellationToken).ConfigureAwait(false);
        return known;
    }

    // What was fetched first is what every later fetch must bring.
    private static RemoteModel AsRecorded(RemoteModel model, ModelRecord known) => model with
    {
        Files = [.. model.Files.Zip(known.Files, (file, stored) => file.Sha256 is null || file.Sha256 == stored.Sha256
            ? file with { Bytes = stored.Bytes, Sha256 = stored.Sha256 }
            : throw new ModelStoreException(
                $"'{known.Name}' was added with the SHA-256 {stored.Sha256}, and not {file.Sha256}: remove it first by 'bridge models remove {known.Name}'."))],
    };

    private static RemoteModel Pinned(RemoteModel model, string? sha256)
    {
        if (sha256 is null)
        {
            return model;
        }

        if (model.Files is not [RemoteFile file])
        {
            throw new ModelStoreException($"The model consists of {model.Files.Count} files, and '--sha256' is the hash of one: leave it out.");
        }

        return file.Sha256 is null || file.Sha256 == sha256
            ? model with { Files = [file with { Sha256 = sha256 }] }
            : throw new ModelStoreException($"'{file.Name}' has the SHA-256 {file.Sha256} according to its host, and {sha256} is expected.");
    }

    private static ModelStoreException Taken(ModelRecord other) =>
        new($"The name '{other.Name}' is that of '{other.Source}': give another by '--name', or remove that model first.");

    private static AddedModels One(ModelRecord record) => new([record], []);

    private static string CheckHash(string text) => Hash().IsMatch(text)
        ? Convert.ToHexStringLower(Convert.FromHexString(text))
        : throw new ModelStoreException($"'{text}' is no SHA-256: write its 64 hexadecimal digits.");

    [GeneratedRegex("^[0-9A-Fa-f]{64}$", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();
}
