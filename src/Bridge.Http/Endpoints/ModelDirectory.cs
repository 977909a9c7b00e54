using Bridge.Calling;
using Bridge.Http.Contracts;
using Bridge.Http.Errors;
using Bridge.Profiles;
using Bridge.Responding;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Endpoints;

/// <summary>The models that requests can name, and those among them that this process loads.</summary>
internal sealed class ModelDirectory(ResponderSource responders, IEnumerable<IModelControl> controls, TimeProvider time)
{
    private readonly IModelControl[] _controls = [.. controls];
    private readonly long _created = time.GetUtcNow().ToUnixTimeSeconds();

    public async Task<IReadOnlyList<ModelContract>> ListAsync(CancellationToken cancellationToken)
    {
        List<ModelContract> models = [.. (await LoadableAsync(cancellationToken).ConfigureAwait(false)).Select(ToContract)];
        string[] others = [ModelEndpoints.DefaultModel, responders.DefaultName, TemplateResponder.Name];
        return [.. others.Except(models.Select(model => model.Id)).Select(name => new ModelContract(name, OwnerOf(name), _created)), .. models];
    }

    public async Task<ModelContract> DescribeAsync(string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelContract> models = await ListAsync(cancellationToken).ConfigureAwait(false);
        return models.FirstOrDefault(model => model.Id == id) ?? throw Unknown(id, models.Select(model => model.Id));
    }

    public Task<ModelContract> LoadAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, control => control.LoadAsync(id, cancellationToken), cancellationToken);

    public Task<ModelContract> UnloadAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(id, control => control.UnloadAsync(id, cancellationToken), cancellationToken);

    private async Task<ModelContract> ChangeAsync(string id, Func<IModelControl, Task<LoadableModel?>> change, CancellationToken cancellationToken)
    {
        foreach (IModelControl control in _controls)
        {
            if (await TryAsync(() => change(control)).ConfigureAwait(false) is { } model)
            {
                return ToContract(model);
            }
        }

        IEnumerable<string> loadable = (await LoadableAsync(cancellationToken).ConfigureAwait(false)).Select(model => model.Id);
        await DescribeAsync(id, cancellationToken).ConfigureAwait(false);
        throw new ApiErrorException(new ApiError(
            StatusCodes.Status409Conflict,
            "model_not_loadable",
            $"'{id}' is not a model that Bridge loads itself; those are: {Listed(loadable)}"));
    }

    private async Task<IReadOnlyList<LoadableModel>> LoadableAsync(CancellationToken cancellationToken)
    {
        var models = new List<LoadableModel>();
        foreach (IModelControl control in _controls)
        {
            models.AddRange(await TryAsync(() => control.ListAsync(cancellationToken)).ConfigureAwait(false));
        }

        return models;
    }

    private static async Task<T> TryAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (ModelLoadException error)
        {
            throw new ApiErrorException(
                error.LacksMemory
                    ? new ApiError(StatusCodes.Status507InsufficientStorage, "out_of_memory", error.Message)
                    : new ApiError(StatusCodes.Status409Conflict, "model_not_loadable", error.Message),
                error);
        }
    }

    private ModelContract ToContract(LoadableModel model) => new(model.Id, OwnerOf(model.Id), _created)
    {
        State = model.State,
        Architecture = model.Architecture,
        Size = model.Size,
        Quantisation = model.Quantisation,
        ContextLength = model.ContextTokens,
        Bytes = model.Bytes,
    };

    private static ApiErrorException Unknown(string id, IEnumerable<string> known) => new(new ApiError(
        StatusCodes.Status404NotFound, "model_not_found", $"There is no model '{id}'; there are: {Listed(known)}"));

    private static string Listed(IEnumerable<string> names) => string.Join(", ", names) is { Length: > 0 } text ? $"{text}." : "none.";

    private static string OwnerOf(string name) => name == TemplateResponder.Name ? ModelEndpoints.DefaultModel : ModelName.Parse(name).Provider;
}
