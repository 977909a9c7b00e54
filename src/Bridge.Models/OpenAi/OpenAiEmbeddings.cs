using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Models.Endpoints;
using Microsoft.Extensions.AI;

namespace Bridge.Models.OpenAi;

/// <summary>Embeddings by <c>POST embeddings</c>, as OpenAI, vLLM, llama-server and Ollama answer it.</summary>
/// <param name="endpoint">Where the model is asked.</param>
/// <param name="path">The path below its address.</param>
/// <param name="http">Sends; shared by all models of its provider.</param>
internal sealed class OpenAiEmbeddings(ModelEndpoint endpoint, string path, HttpClient http) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        endpoint.EnsureUsable();
        string[] texts = [.. values];
        var body = new JsonObject
        {
            ["model"] = options?.ModelId ?? endpoint.Name.Model,
            ["input"] = new JsonArray([.. texts.Select(text => (JsonNode)JsonValue.Create(text))]),
            ["encoding_format"] = "float",
        };
        if (options?.Dimensions is { } dimensions)
        {
            body["dimensions"] = dimensions;
        }

        byte[] answer = await PostAsync(body, cancellationToken).ConfigureAwait(false);
        return Read(answer, texts.Length);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) && serviceKey is null
            ? new EmbeddingGeneratorMetadata(endpoint.Name.Provider, endpoint.Url, endpoint.Name.Model)
            : serviceType?.IsInstanceOfType(this) == true && serviceKey is null ? this : null;

    public void Dispose()
    {
        // The HTTP client is shared by all models of its provider.
    }

    private async Task<byte[]> PostAsync(JsonObject body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.At(path))
        {
            Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"),
        };
        if (endpoint.ApiKey is { } key)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        foreach ((string header, string value) in endpoint.Headers)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            byte[] answer = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? answer : throw EndpointErrors.FromStatus(endpoint, (int)response.StatusCode, ErrorText.Read(answer));
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is HttpRequestException or IOException or OperationCanceledException)
        {
            throw EndpointErrors.FromTransport(endpoint, error);
        }
    }

    private GeneratedEmbeddings<Embedding<float>> Read(byte[] answer, int count)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            var vectors = new Embedding<float>?[count];
            foreach (JsonElement item in document.RootElement.GetProperty("data").EnumerateArray())
            {
                vectors[item.GetProperty("index").GetInt32()] = new Embedding<float>(
                    item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle()).ToArray());
            }

            return vectors.Contains(null)
                ? throw EndpointErrors.Garbage(endpoint, $"fewer vectors than the {count} that were asked for")
                : new GeneratedEmbeddings<Embedding<float>>(vectors!);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw EndpointErrors.Garbage(endpoint, "something that is no list of embeddings", error);
        }
    }
}
