using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Calling;
using Bridge.Models.Endpoints;

namespace Bridge.Models.Ollama;

/// <summary>The HTTP API of one Ollama server. Thread-safe.</summary>
internal sealed class OllamaApi(HttpClient http, TimeProvider time)
{
    private readonly ConcurrentDictionary<(Uri Url, string Model), OllamaModelInfo> _shown = new();

    /// <summary>Posts a request and returns the response once its headers are there; an error status is an exception.</summary>
    public async Task<HttpResponseMessage> PostAsync(ModelEndpoint endpoint, string path, JsonObject body, CancellationToken cancellationToken)
    {
        endpoint.EnsureUsable();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.At(path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        return await SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What the server says of the model; asked once, as long as the answer is good.</summary>
    public async Task<OllamaModelInfo> ShowAsync(ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        (Uri, string) key = (endpoint.Url, endpoint.Name.Model);
        if (_shown.TryGetValue(key, out OllamaModelInfo? known))
        {
            return known;
        }

        using HttpResponseMessage response = await PostAsync(
            endpoint, "api/show", new JsonObject { ["model"] = endpoint.Name.Model }, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = await ReadAsync(endpoint, response, cancellationToken).ConfigureAwait(false);
        OllamaModelInfo info = ReadInfo(document.RootElement);
        _shown[key] = info;
        return info;
    }

    /// <summary>What is already known of the model, without asking.</summary>
    public OllamaModelInfo? Known(ModelEndpoint endpoint) => _shown.GetValueOrDefault((endpoint.Url, endpoint.Name.Model));

    /// <summary>Forgets the model: it may have been pulled anew.</summary>
    public void Forget(ModelEndpoint endpoint) => _shown.TryRemove((endpoint.Url, endpoint.Name.Model), out _);

    /// <summary>The models the server has.</summary>
    public async Task<ImmutableArray<OllamaModel>> ListAsync(ModelEndpoint endpoint, CancellationToken cancellationToken)
    {
        endpoint.EnsureUsable();
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.At("api/tags"));
        using HttpResponseMessage response = await SendAsync(endpoint, request, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = await ReadAsync(endpoint, response, cancellationToken).ConfigureAwait(false);
        if (OllamaResponse.Member(document.RootElement, "models") is not { ValueKind: JsonValueKind.Array } models)
        {
            throw EndpointErrors.Garbage(endpoint, "JSON that is no list of models");
        }

        return
        [
            .. models.EnumerateArray()
                .Select(model => new OllamaModel(OllamaResponse.Text(model, "name") ?? "", OllamaResponse.Number(model, "size") ?? 0))
                .Where(model => model.Name.Length > 0),
        ];
    }

    /// <summary>Reads a whole answer.</summary>
    public static async Task<JsonDocument> ReadAsync(ModelEndpoint endpoint, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return JsonDocument.Parse(body);
        }
        catch (JsonException error)
        {
            throw EndpointErrors.Garbage(endpoint, "something that is not JSON, or half of it", error);
        }
        catch (Exception error) when (IsTransport(error, cancellationToken))
        {
            throw EndpointErrors.FromTransport(endpoint, error);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(ModelEndpoint endpoint, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach ((string name, string value) in endpoint.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (endpoint.ApiKey is { } key)
        {
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", key);
        }

        try
        {
            HttpResponseMessage response = await http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                throw await ErrorAsync(endpoint, response, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (IsTransport(error, cancellationToken))
        {
            throw EndpointErrors.FromTransport(endpoint, error);
        }
    }

    private async Task<ToolCallerException> ErrorAsync(ModelEndpoint endpoint, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        string? said = ErrorText.Read(body);
        if ((int)response.StatusCode < 500)
        {
            Forget(endpoint); // what is known of the model may be the reason
        }

        if (response.StatusCode == HttpStatusCode.NotFound && said?.Contains("not found", StringComparison.OrdinalIgnoreCase) == true)
        {
            return new ToolCallerException(
                Outcomes.ReasonKind.UnknownModel, $"{endpoint} is not there. Fetch it with `ollama pull {endpoint.Name.Model}`, or name one that `ollama list` shows.");
        }

        string? retryAfter = response.Headers.TryGetValues("Retry-After", out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
        return EndpointErrors.FromStatus(endpoint, (int)response.StatusCode, said, RetryAfterHeader.Parse(retryAfter, time));
    }

    private static bool IsTransport(Exception error, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && error is HttpRequestException or IOException or OperationCanceledException or TimeoutException;

    private static OllamaModelInfo ReadInfo(JsonElement root)
    {
        ImmutableArray<string> capabilities = OllamaResponse.Member(root, "capabilities") is { ValueKind: JsonValueKind.Array } list
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
            : [];
        long? context = null;
        if (OllamaResponse.Member(root, "model_info") is { ValueKind: JsonValueKind.Object } info)
        {
            // Named by the architecture: qwen3.context_length, llama.context_length.
            context = info.EnumerateObject()
                .Where(property => property.Name.EndsWith(".context_length", StringComparison.Ordinal))
                .Select(property => OllamaResponse.Number(info, property.Name))
                .FirstOrDefault();
        }

        return new OllamaModelInfo(capabilities, context is > 0 and <= int.MaxValue ? (int)context : null);
    }
}
