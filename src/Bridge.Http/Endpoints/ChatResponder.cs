using Bridge.Calling;
using Bridge.Configuration;
using Bridge.Http.Errors;
using Bridge.Http.Requests;
using Bridge.Prompts;
using Bridge.Responding;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Endpoints;

/// <summary>Finds the responder that a chat request names and lets it answer, within the time of a prompt.</summary>
internal sealed partial class ChatResponder(
    ResponderSource responders, IOptionsMonitor<BridgeOptions> options, TimeProvider time, ILogger<ChatResponder> logger)
{
    public IChatClient Find(string model)
    {
        try
        {
            if (responders.Find(model == ModelEndpoints.DefaultModel ? null : model) is { } client)
            {
                return client;
            }
        }
        catch (FormatException)
        {
            // Not even a name: as unknown as any other.
        }

        throw new ApiErrorException(new ApiError(
            StatusCodes.Status404NotFound,
            "model_not_found",
            $"No provider is configured for the model '{model}'; GET /v1/models lists what there is, and 'bridge' names the configured responder.",
            "model"));
    }

    public async Task<ChatResponse> AnswerAsync(IChatClient client, ChatRequest request, Prompt prompt, CancellationToken aborted)
    {
        TimeSpan limit = options.CurrentValue.Limits.PromptTimeout;
        using var timeout = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(aborted, timeout.Token);
        try
        {
            return request.Options is null || client.GetService<TemplateResponder>() is not null
                ? await client.RespondAsync(prompt, both.Token).ConfigureAwait(false)
                : await client.GetResponseAsync(prompt.ToChatMessages(), request.Options, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            throw new ApiErrorException(new ApiError(
                StatusCodes.Status504GatewayTimeout,
                "responder_timeout",
                $"The responder '{request.Model}' did not answer within {limit}; raise 'Bridge:Limits:PromptTimeout' or choose a faster model."));
        }
        catch (ToolCallerException error)
        {
            throw new ApiErrorException(
                new ApiError(StatusCodes.Status502BadGateway, "responder_failed", error.Message) { RetryAfter = error.RetryAfter }, error);
        }
        catch (Exception error) when (!aborted.IsCancellationRequested)
        {
            ResponderFailed(logger, error, request.Model);
            throw new ApiErrorException(
                new ApiError(
                    StatusCodes.Status502BadGateway,
                    "responder_failed",
                    $"The responder '{request.Model}' failed. The log of the server has the detail under the request's id; 'bridge doctor' checks it."),
                error);
        }
    }

    [LoggerMessage(4020, LogLevel.Warning, "The responder '{Model}' failed", EventName = "ResponderFailed")]
    private static partial void ResponderFailed(ILogger logger, Exception error, string model);
}
