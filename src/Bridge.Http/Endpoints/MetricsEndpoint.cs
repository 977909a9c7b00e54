using Bridge.Http.Guards;
using Bridge.Http.Metrics;
using Bridge.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Endpoints;

/// <summary><c>GET /metrics</c>, in Prometheus' text format.</summary>
internal static class MetricsEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/metrics", (MetricsCollector metrics) => Results.Text(metrics.Collect(), PrometheusText.ContentType))
            .RequireScope(KeyScopes.Metrics);
}
