using Bridge.Prompts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Errors;

/// <summary>Turns every exception and every bare status into an error in the shape of the API that was called.</summary>
internal sealed class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        ApiError? error;
        try
        {
            await next(context).ConfigureAwait(false);
            error = IsBareError(context.Response) ? ApiError.FromStatus(context.Response.StatusCode) : null;
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            ErrorLog.ClientGone(logger, context.TraceIdentifier);
            return;
        }
        catch (Exception exception)
        {
            error = ToError(exception);
            if (error == ApiError.Internal)
            {
                ErrorLog.RequestFailed(logger, exception, context.TraceIdentifier, context.Request.Path);
            }

            if (context.Response.HasStarted)
            {
                context.Abort(); // half an answer must not look like a whole one
            }
        }

        if (error is not null)
        {
            ErrorLog.RequestRefused(logger, context.TraceIdentifier, error.Status, error.Code, error.Message);
            await ErrorWriter.WriteAsync(context, error).ConfigureAwait(false);
        }
    }

    private static bool IsBareError(HttpResponse response) =>
        response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null };

    private static ApiError ToError(Exception exception) => exception switch
    {
        ApiErrorException refused => refused.Error,
        PromptFormatException malformed => new ApiError(StatusCodes.Status400BadRequest, "invalid_request", malformed.Message, malformed.Path),
        BadHttpRequestException bad => ApiError.FromStatus(bad.StatusCode),
        _ => ApiError.Internal,
    };
}
