using Bridge.Http.Contracts;
using Bridge.Http.Guards;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Endpoints;

/// <summary><c>GET /healthz</c> and <c>GET /readyz</c>: open to all, and say one word.</summary>
internal static class HealthEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => Say("alive", StatusCodes.Status200OK)).OpenToAll();
        app.MapGet("/readyz", (Readiness readiness) =>
        {
            string state = readiness.State;
            return Say(state, state == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        }).OpenToAll();
    }

    private static IResult Say(string state, int status) =>
        Results.Json(new HealthContract(state), BridgeJsonContext.Default.HealthContract, statusCode: status);
}
