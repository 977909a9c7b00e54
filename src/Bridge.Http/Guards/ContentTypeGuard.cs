using Bridge.Http.Errors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Bridge.Http.Guards;

/// <summary>Takes bodies of <c>application/json</c> alone: what a foreign page can send without asking first is refused.</summary>
internal sealed class ContentTypeGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        bool hasBody = HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method) || HttpMethods.IsPatch(request.Method);
        return !hasBody || context.GetEndpoint() is null || IsPlainJson(request)
            ? next(context)
            : ErrorWriter.WriteAsync(context, new ApiError(
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "The body must be sent as 'Content-Type: application/json', in UTF-8 and uncompressed."));
    }

    private static bool IsPlainJson(HttpRequest request) =>
        StringValues.IsNullOrEmpty(request.Headers.ContentEncoding)
        && MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));
}
