using System.Collections.Concurrent;
using System.Collections.Immutable;
using Bridge.Calling;
using Bridge.Models.Endpoints;
using Bridge.Models.OpenAi;
using Bridge.Profiles;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Ollama;

/// <summary>Ollama: the name <c>ollama</c>, and every provider of that type in the models file.</summary>
internal sealed class OllamaProvider : IModelProvider, IDisposable
{
    private const string Ollama = "ollama";

    private readonly ModelsState _models;
    private readonly Func<string, string?> _environment;
    private readonly HttpClient _http = EndpointHttp.Create();
    private readonly OllamaApi _api;
    private readonly ConcurrentDictionary<ModelName, TokenEstimator> _estimators = new();

    public OllamaProvider(ModelsState models, TimeProvider time)
        : this(models, time, Environment.GetEnvironmentVariable)
    {
    }

    internal OllamaProvider(ModelsState models, TimeProvider time, Func<string, string?> environment)
    {
        _models = models;
        _environment = environment;
        _api = new OllamaApi(_http, time);
    }

    public bool Serves(string provider) =>
        _models.Current.Providers.TryGetValue(provider, out ProviderConfig? config)
            ? config.Kind == ProviderKind.Ollama
            : provider == Ollama;

    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) =>
        new OllamaToolCaller(_api, EndpointOf(name), profile, EstimatorOf(name));

    public IChatClient? CreateResponder(ModelName name, ModelProfile profile) =>
        new OllamaResponder(_api, EndpointOf(name), profile, EstimatorOf(name));

    // Ollama answers the API of OpenAI below 'v1'.
    public IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddings(ModelName name) => new OpenAiEmbeddings(EndpointOf(name), "v1/embeddings", _http);

    public async Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken)
    {
        ModelEndpoint endpoint = EndpointOf(name);
        try
        {
            _api.Forget(endpoint); // asked to look, not to remember
            OllamaModelInfo info = await _api.ShowAsync(endpoint, cancellationToken).ConfigureAwait(false);
            string how = info.Tools == false ? "; it was not trained for tools, so calls are decoded under a schema" : "";
            return new ModelProbe(true, $"{endpoint} is there{how}.") { ContextTokens = info.ContextTokens, Tools = info.Tools };
        }
        catch (ToolCallerException error)
        {
            return new ModelProbe(false, error.Message);
        }
    }

    public Task<ImmutableArray<OllamaModel>> ListAsync(CancellationToken cancellationToken) =>
        _api.ListAsync(EndpointOf(new ModelName(Ollama, "")), cancellationToken);

    public void Dispose() => _http.Dispose();

    internal ModelEndpoint EndpointOf(ModelName name)
    {
        if (_models.Current.Providers.TryGetValue(name.Provider, out ProviderConfig? config))
        {
            return new ModelEndpoint(name, config.Url) { ApiKey = config.ApiKey, Headers = config.Headers };
        }

        string? host = _environment(OllamaHost.Variable);
        return OllamaHost.TryParse(host) is { } url
            ? new ModelEndpoint(name, url)
            : new ModelEndpoint(name, OllamaHost.Default)
            {
                Problem = $"'{name}' cannot be asked: the environment variable {OllamaHost.Variable} is '{host}', which is no address. Write one such as '127.0.0.1:11434'.",
            };
    }

    private TokenEstimator EstimatorOf(ModelName name) => _estimators.GetOrAdd(name, static _ => new TokenEstimator());
}
