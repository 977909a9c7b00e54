using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Bridge.Http.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Bridge.Http.Errors;

/// <summary>Writes errors in the shape of the API that was called; the one place where that is decided.</summary>
public static class ErrorWriter
{
    /// <summary>Answers with an error. Does nothing when the answer has begun.</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">The error.</param>
    /// <returns>When the answer is written.</returns>
    public static Task WriteAsync(HttpContext context, ApiError error)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(error);
        if (context.Response.HasStarted)
        {
            return Task.CompletedTask;
        }

        context.Response.StatusCode = error.Status;
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return IsOpenAi(context.Request.Path)
            ? WriteAsync(context, ToOpenAi(error), BridgeJsonContext.Default.OpenAiErrorContract, "application/json")
            : WriteAsync(context, ToProblem(context, error), BridgeJsonContext.Default.ProblemContract, "application/problem+json");
    }

    private static bool IsOpenAi(PathString path) => path.StartsWithSegments("/v1/chat") || path.StartsWithSegments("/v1/models");

    private static async Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type, string contentType)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(body, type);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static OpenAiErrorContract ToOpenAi(ApiError error) =>
        new(new OpenAiErrorDetail(error.Message, TypeOf(error.Status), error.Parameter, error.Code));

    private static string TypeOf(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "authentication_error",
        StatusCodes.Status403Forbidden => "permission_error",
        StatusCodes.Status429TooManyRequests => "rate_limit_error",
        >= 500 => "server_error",
        _ => "invalid_request_error",
    };

    private static ProblemContract ToProblem(HttpContext context, ApiError error) => new(
        $"urn:bridge:error:{error.Code}",
        ReasonPhrases.GetReasonPhrase(error.Status),
        error.Status,
        error.Message,
        error.Code,
        context.TraceIdentifier) { Param = error.Parameter };
}
