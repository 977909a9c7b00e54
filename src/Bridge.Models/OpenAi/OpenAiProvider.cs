using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json;
using Bridge.Calling;
using Bridge.ChatCalling;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Bridge.Tokens;
using Microsoft.Extensions.AI;

namespace Bridge.Models.OpenAi;

/// <summary>OpenAI and everything compatible with it: the name <c>openai</c>, and every provider of that type in the models file.</summary>
/// <remarks><c>openai</c> reads <c>OPENAI_API_KEY</c> and <c>OPENAI_BASE_URL</c>, unless the models file has a provider of that name.</remarks>
internal sealed class OpenAiProvider : IModelProvider, IDisposable
{
    private const string OpenAi = "openai";
    private const string DefaultUrl = "https://api.openai.com/v1";

    private readonly ModelsState _models;
    private readonly TimeProvider _time;
    private readonly Func<string, string?> _environment;
    private readonly HttpClient _http = EndpointHttp.Create();
    private readonly ConcurrentDictionary<ModelName, TokenEstimator> _estimators = new();

    public OpenAiProvider(ModelsState models, TimeProvider time)
        : this(models, time, Environment.GetEnvironmentVariable)
    {
    }

    internal OpenAiProvider(ModelsState models, TimeProvider time, Func<string, string?> environment)
    {
        _models = models;
        _time = time;
        _environment = environment;
    }

    public bool Serves(string provider) =>
        _models.Current.Providers.TryGetValue(provider, out ProviderConfig? config)
            ? config.Kind == ProviderKind.OpenAi
            : provider == OpenAi;

    public IToolCaller? CreateToolCaller(ModelName name, ModelProfile profile) =>
        new ChatClientToolCaller(Client(name, profile), name, profile) { Estimator = EstimatorOf(name) };

    public IChatClient? CreateResponder(ModelName name, ModelProfile profile)
    {
        var guarded = new ContextGuardChatClient(Client(name, profile), name, profile, EstimatorOf(name));
        return profile.ToolRole ? guarded : new ToolTextChatClient(guarded);
    }

    public IEmbeddingGenerator<string, Embedding<float>>? CreateEmbeddings(ModelName name) => new OpenAiEmbeddings(EndpointOf(name), "embeddings", _http);

    public async Task<ModelProbe> ProbeAsync(ModelName name, CancellationToken cancellationToken)
    {
        ModelEndpoint endpoint = EndpointOf(name);
        if (endpoint.Problem is { } problem)
        {
            return new ModelProbe(false, problem);
        }

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.At("models"));
            AddHeaders(request, endpoint);
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? Judge(endpoint, body)
                : new ModelProbe(false, EndpointErrors.FromStatus(endpoint, (int)response.StatusCode, ErrorText.Read(body)).Message);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException)
        {
            return new ModelProbe(false, EndpointErrors.FromTransport(endpoint, error).Message);
        }
    }

    public void Dispose() => _http.Dispose();

    internal ModelEndpoint EndpointOf(ModelName name)
    {
        ModelEndpoint endpoint = _models.Current.Providers.TryGetValue(name.Provider, out ProviderConfig? config)
            ? new ModelEndpoint(name, config.Url)
            {
                ApiKey = config.ApiKey,
                Headers = config.Headers,
                KeySource = $"'providers.{name.Provider}.apiKey' in the models file",
            }
            : FromEnvironment(name);
        return endpoint is { IsOpenAiItself: true, ApiKey: null, Problem: null }
            ? endpoint with { Problem = $"{endpoint} needs a key. Set {endpoint.KeySource}." }
            : endpoint;
    }

    private ModelEndpoint FromEnvironment(ModelName name)
    {
        string? key = _environment("OPENAI_API_KEY");
        string? text = _environment("OPENAI_BASE_URL");
        bool given = !string.IsNullOrWhiteSpace(text);
        Uri? url = EndpointHttp.TryParse(given ? text! : DefaultUrl);
        return new ModelEndpoint(name, url ?? new Uri(DefaultUrl))
        {
            ApiKey = string.IsNullOrWhiteSpace(key) ? null : key,
            KeySource = "the environment variable OPENAI_API_KEY",
            Problem = url is null
                ? $"'{name}' cannot be asked: the environment variable OPENAI_BASE_URL is '{text}', which is no address. Write one such as 'http://127.0.0.1:8000/v1'."
                : null,
        };
    }

    private static void AddHeaders(HttpRequestMessage request, ModelEndpoint endpoint)
    {
        if (endpoint.ApiKey is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach ((string header, string value) in endpoint.Headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }
    }

    private static ModelProbe Judge(ModelEndpoint endpoint, byte[] body)
    {
        using JsonDocument? document = TryParse(body);
        if (document is null || OpenAiResponse.Member(document.RootElement, "data") is not { ValueKind: JsonValueKind.Array } models)
        {
            return new ModelProbe(true, $"{endpoint} answers, but does not list its models.");
        }

        JsonElement[] found = [.. models.EnumerateArray().Where(model => OpenAiResponse.Text(model, "id") == endpoint.Name.Model)];
        if (found.Length > 0)
        {
            long? context = OpenAiResponse.Number(found[0], "max_model_len"); // vLLM says
            return new ModelProbe(true, $"{endpoint} is there.") { ContextTokens = (int?)context };
        }

        string listed = string.Join(", ", models.EnumerateArray().Take(8).Select(model => $"'{OpenAiResponse.Text(model, "id")}'"));
        return new ModelProbe(false, $"{endpoint} is not among the models the server lists: {listed}. Correct the model's name.");
    }

    private static JsonDocument? TryParse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private OpenAiChatClient Client(ModelName name, ModelProfile profile) => new(EndpointOf(name), profile, _http, _time);

    private TokenEstimator EstimatorOf(ModelName name) => _estimators.GetOrAdd(name, static _ => new TokenEstimator());
}
