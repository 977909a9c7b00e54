using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Llama.Gguf;
using Bridge.Llama.Inference;
using Bridge.Llama.Store;
using Microsoft.Extensions.Options;

namespace Bridge.Llama.Loading;

/// <summary>Loads and unloads the models of the store, and those that are configured or loaded by their path. Others are not to be found by trying.</summary>
/// <param name="models">The models in memory.</param>
/// <param name="files">Where they are.</param>
/// <param name="options">Which are configured.</param>
internal sealed class LlamaModelControl(IModelPlaces models, IModelFiles files, IOptionsMonitor<BridgeOptions> options) : IModelControl
{
    private const string Prefix = "llama/";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LoadableModel>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelRecord> records = await RecordsAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<string> others = options.CurrentValue.Callers.Append(options.CurrentValue.Responder)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.Length > Prefix.Length)
            .Select(name => name[Prefix.Length..])
            .Concat(models.Names)
            .Except(records.Select(record => record.Name), ModelNameComparer.Instance);
        return [.. records.Select(Of).Concat(others.Select(OfFile)).OrderBy(model => model.Id, StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public async Task<LoadableModel?> LoadAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        try
        {
            await models.LoadAsync(id[Prefix.Length..], cancellationToken).ConfigureAwait(false);
            return found with { State = LoadState.Loaded };
        }
        catch (LlamaException error)
        {
            throw new ModelLoadException(error.Message, error) { LacksMemory = error.Fault == LlamaFault.OutOfMemory };
        }
    }

    /// <inheritdoc/>
    public async Task<LoadableModel?> UnloadAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return null;
        }

        models.Unload(id[Prefix.Length..]);
        return found with { State = LoadState.Unloaded };
    }

    private async Task<LoadableModel?> FindAsync(string id, CancellationToken cancellationToken) =>
        id.StartsWith(Prefix, StringComparison.Ordinal)
            ? (await ListAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(model => ModelNameComparer.Instance.Equals(model.Id[Prefix.Length..], id[Prefix.Length..]))
            : null;

    private async Task<IReadOnlyList<ModelRecord>> RecordsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await files.ListAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ModelStoreException error)
        {
            throw new ModelLoadException(error.Message, error);
        }
    }

    private LoadableModel Of(ModelRecord record) => new(Prefix + record.Name, models.StateOf(record.Name))
    {
        Architecture = record.Summary.Architecture,
        Size = record.Summary.Size,
        Quantisation = record.Summary.Quantisation,
        ContextTokens = record.Summary.Context,
        Bytes = record.Bytes,
    };

    // A file that is gone or broken is listed all the same: loading it says what is wrong.
    private LoadableModel OfFile(string path)
    {
        var model = new LoadableModel(Prefix + path, models.StateOf(path));
        try
        {
            var facts = ModelFacts.Read(path);
            return model with
            {
                Architecture = facts.Architecture,
                Size = facts.SizeLabel,
                Quantisation = facts.Quantisation,
                ContextTokens = facts.ContextLength,
                Bytes = facts.FileBytes,
            };
        }
        catch (Exception error) when (error is GgufException or IOException or UnauthorizedAccessException)
        {
            return model;
        }
    }
}
