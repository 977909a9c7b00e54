using System.Diagnostics.Metrics;
using Bridge.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Guards;

/// <summary>Counts and times requests, by route and status; paths that lead nowhere are one route, whoever makes them up.</summary>
internal sealed class RequestMeter(RequestDelegate next, TimeProvider time)
{
    private static readonly Histogram<double> s_duration = BridgeTelemetry.Meter.CreateHistogram<double>(
        "bridge.http.request.duration", "s", "How long an HTTP request takes, waiting in line included.");

    public async Task InvokeAsync(HttpContext context)
    {
        long start = time.GetTimestamp();
        try
        {
            await next(context).ConfigureAwait(false);
        }
        finally
        {
            string route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "none";
            s_duration.Record(
                time.GetElapsedTime(start).TotalSeconds,
                new KeyValuePair<string, object?>("route", route),
                new KeyValuePair<string, object?>("status", context.Response.StatusCode));
        }
    }
}
