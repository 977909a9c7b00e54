using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Microsoft.Extensions.AI;

namespace Bridge.Models.Ollama;

/// <summary>A chat client over Ollama's own API.</summary>
internal sealed class OllamaChatClient(OllamaApi api, ModelEndpoint endpoint, ModelProfile profile) : IChatClient
{
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await PostAsync(messages, options, stream: false, cancellationToken).ConfigureAwait(false);
        using JsonDocument document = await OllamaApi.ReadAsync(endpoint, response, cancellationToken).ConfigureAwait(false);
        return new[] { OllamaResponse.Read(endpoint, document.RootElement, calls: 0) }.ToChatResponse();
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using HttpResponseMessage response = await PostAsync(messages, options, stream: true, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<ChatResponseUpdate> lines = ReadLinesAsync(response, cancellationToken);
        await foreach (ChatResponseUpdate update in GuardedStream.ReadAsync(endpoint, lines, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) && serviceKey is null
            ? new ChatClientMetadata(endpoint.Name.Provider, endpoint.Url, endpoint.Name.Model)
            : serviceType?.IsInstanceOfType(this) == true && serviceKey is null ? this : null;

    public void Dispose()
    {
        // The HTTP client is shared by all models of its provider.
    }

    private async Task<HttpResponseMessage> PostAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream, CancellationToken cancellationToken)
    {
        OllamaModelInfo info = await api.ShowAsync(endpoint, cancellationToken).ConfigureAwait(false);
        JsonObject body = OllamaRequest.Write(endpoint, profile, info, messages, options, stream);
        return await api.PostAsync(endpoint, "api/chat", body, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<ChatResponseUpdate> ReadLinesAsync(
        HttpResponseMessage response, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(stream);
        int calls = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length == 0)
            {
                continue;
            }

            using JsonDocument document = Parse(line);
            ChatResponseUpdate update = OllamaResponse.Read(endpoint, document.RootElement, calls);
            calls += update.Contents.OfType<FunctionCallContent>().Count();
            yield return update;
            if (OllamaResponse.IsDone(document.RootElement))
            {
                yield break;
            }
        }

        throw EndpointErrors.Garbage(endpoint, "a stream that ends before the answer does");
    }

    private JsonDocument Parse(string line)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException error)
        {
            throw EndpointErrors.Garbage(endpoint, "a line that is not JSON, or half of one", error);
        }
    }
}
