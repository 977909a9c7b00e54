using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using Bridge.Models.Endpoints;
using Bridge.Profiles;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Bridge.Models.OpenAi;

/// <summary>A chat client over the OpenAI SDK.</summary>
/// <remarks>
/// The SDK's protocol methods carry the bodies: its typed ones refuse what compatible servers add,
/// such as finish reasons it does not know, and lose arguments as the model wrote them.
/// </remarks>
internal sealed class OpenAiChatClient : IChatClient
{
    private readonly ModelEndpoint _endpoint;
    private readonly ModelProfile _profile;
    private readonly TimeProvider _time;
    private readonly ChatClient _client;

    public OpenAiChatClient(ModelEndpoint endpoint, ModelProfile profile, HttpClient http, TimeProvider time)
    {
        _endpoint = endpoint;
        _profile = profile;
        _time = time;
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.Url,
            NetworkTimeout = profile.TotalTimeout,
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // Bridge retries, under the model's own policy
            Transport = new HttpClientPipelineTransport(http),
        };
        string model = endpoint.Name.Model;
        _client = new ChatClient(model.Length == 0 ? "default" : model, new ApiKeyCredential(endpoint.ApiKey ?? "none"), options);
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        BinaryData body = OpenAiRequest.Write(_endpoint, _profile, messages, options, stream: false);
        using PipelineResponse response = await SendAsync(body, stream: false, cancellationToken).ConfigureAwait(false);
        return OpenAiResponse.Read(_endpoint, response.Content.ToMemory());
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        BinaryData body = OpenAiRequest.Write(_endpoint, _profile, messages, options, stream: true);
        using PipelineResponse response = await SendAsync(body, stream: true, cancellationToken).ConfigureAwait(false);
        IAsyncEnumerable<ChatResponseUpdate> updates = new OpenAiStream(_endpoint).ReadAsync(response.ContentStream!, cancellationToken);
        await foreach (ChatResponseUpdate update in GuardedStream.ReadAsync(_endpoint, updates, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) && serviceKey is null
            ? new ChatClientMetadata(_endpoint.Name.Provider, _endpoint.Url, _endpoint.Name.Model)
            : serviceType?.IsInstanceOfType(this) == true && serviceKey is null ? this : null;

    public void Dispose()
    {
        // The HTTP client is shared by all models of its provider.
    }

    private async Task<PipelineResponse> SendAsync(BinaryData body, bool stream, CancellationToken cancellationToken)
    {
        _endpoint.EnsureUsable();
        var options = new RequestOptions { CancellationToken = cancellationToken, BufferResponse = !stream };
        if (stream)
        {
            options.SetHeader("Accept", "text/event-stream");
        }

        if (_endpoint.ApiKey is null)
        {
            options.AddPolicy(new NoKeyPolicy(), PipelinePosition.BeforeTransport);
        }

        foreach ((string name, string value) in _endpoint.Headers)
        {
            options.SetHeader(name, value);
        }

        try
        {
            using BinaryContent content = BinaryContent.Create(body);
            ClientResult result = await _client.CompleteChatAsync(content, options).ConfigureAwait(false);
            return result.GetRawResponse();
        }
        catch (ClientResultException error) when (error.GetRawResponse() is { } response)
        {
            string? retryAfter = response.Headers.TryGetValue("Retry-After", out string? value) ? value : null;
            throw EndpointErrors.FromStatus(
                _endpoint, error.Status, ErrorText.Read(response.Content.ToMemory()), RetryAfterHeader.Parse(retryAfter, _time), error);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested
            && error is ClientResultException or HttpRequestException or IOException or OperationCanceledException or TimeoutException)
        {
            throw EndpointErrors.FromTransport(_endpoint, error);
        }
    }
}
