using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bridge.Http.Guards;

/// <summary>Gives every request an id, the client's where it is harmless, and writes it into the answer and every log line.</summary>
internal sealed class RequestIdGuard(RequestDelegate next, ILogger<RequestIdGuard> logger)
{
    public const string Header = "x-request-id";
    private const int MaxLength = 64;

    public async Task InvokeAsync(HttpContext context)
    {
        string? wished = context.Request.Headers[Header];
        string id = IsHarmless(wished) ? wished! : $"req_{Random.Shared.GetHexString(24, lowercase: true)}"; // to be found in logs, not kept secret
        context.TraceIdentifier = id;
        context.Response.Headers[Header] = id;
        using (logger.BeginScope(new KeyValuePair<string, object>[] { new("RequestId", id) }))
        {
            await next(context).ConfigureAwait(false);
        }
    }

    private static bool IsHarmless(string? id) =>
        id is { Length: > 0 and <= MaxLength } && id.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
