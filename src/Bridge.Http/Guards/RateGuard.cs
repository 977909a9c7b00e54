using Bridge.Configuration;
using Bridge.Http.Errors;
using Bridge.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Guards;

/// <summary>Limits how often a client asks: <c>Bridge:Http:RequestsPerMinutePerClient</c>. Addresses that are open to all are not counted.</summary>
internal sealed class RateGuard(RequestDelegate next, IOptionsMonitor<BridgeOptions> options, TimeProvider time, ILogger<RateGuard> logger)
{
    private readonly KeyedRateLimiter _clients = new(time);

    public Task InvokeAsync(HttpContext context)
    {
        int perMinute = options.CurrentValue.Http.RequestsPerMinutePerClient;
        if (perMinute == 0
            || context.FindBridgeIdentity() is not { } client
            || _clients.Take(client.Id, perMinute) is not { Ticks: > 0 } wait)
        {
            return next(context);
        }

        GuardLog.RateLimited(logger, context.TraceIdentifier, client.Id);
        return ErrorWriter.WriteAsync(context, new ApiError(
            StatusCodes.Status429TooManyRequests,
            "rate_limited",
            $"The client '{client.Id}' used up the {perMinute} requests of a minute; wait as 'Retry-After' says, or raise 'Bridge:Http:RequestsPerMinutePerClient'.")
        {
            RetryAfter = wait,
        });
    }
}
