using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Profiles;

namespace Bridge.Models.Ollama;

/// <summary>Looks whether Ollama runs here, for <c>bridge init</c> and <c>bridge doctor</c>.</summary>
public static class OllamaDetection
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);

    /// <summary>Lists the models of the Ollama that <c>OLLAMA_HOST</c> or the models file names.</summary>
    /// <param name="models">The models' configuration; <see langword="null"/> for none.</param>
    /// <param name="patience">How long to wait; <see langword="null"/> for 2 seconds.</param>
    /// <param name="environment">Gives environment variables; <see langword="null"/> for those of this process.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    /// <returns>What was found; never an exception, because not running is an answer.</returns>
    public static async Task<OllamaFinding> FindAsync(
        ModelsState? models = null,
        TimeSpan? patience = null,
        Func<string, string?>? environment = null,
        CancellationToken cancellationToken = default)
    {
        using var provider = new OllamaProvider(models ?? new ModelsState(), TimeProvider.System, environment ?? Environment.GetEnvironmentVariable);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience ?? s_patience);
        Uri url = provider.EndpointOf(new ModelName("ollama", "")).Url;
        try
        {
            return new OllamaFinding(url, await provider.ListAsync(limit.Token).ConfigureAwait(false), null);
        }
        catch (ToolCallerException error)
        {
            return new OllamaFinding(url, [], error.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new OllamaFinding(url, [], $"Nothing answered at {url} in time.");
        }
    }

    /// <summary>The best tool caller among models: the first of the measured ones in cost/benefit order.</summary>
    /// <param name="models">The models that are there.</param>
    /// <param name="profiles">The profiles in force.</param>
    /// <returns>The model; <see langword="null"/> when none of them was measured.</returns>
    public static OllamaModel? Best(ImmutableArray<OllamaModel> models, ProfileTable profiles)
    {
        ArgumentNullException.ThrowIfNull(profiles);
        return models
            .Select(model => (model, profiles.Find(model.Name).Rank))
            .Where(pair => pair.Rank is not null)
            .OrderBy(pair => pair.Rank)
            .Select(pair => pair.model)
            .FirstOrDefault();
    }
}

/// <summary>What was found of Ollama.</summary>
/// <param name="Url">Where it was looked for.</param>
/// <param name="Models">Its models, as it lists them.</param>
/// <param name="Problem">Why there is no list; <see langword="null"/> when there is one.</param>
public sealed record OllamaFinding(Uri Url, ImmutableArray<OllamaModel> Models, string? Problem);
