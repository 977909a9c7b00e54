using Bridge.Http.Contracts;
using Bridge.Http.Guards;
using Bridge.Identity;
using Bridge.Profiles;
using Bridge.Responding;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Endpoints;

/// <summary><c>GET /v1/models</c>: the responders that can be named in <c>/v1/chat/completions</c>.</summary>
internal static class ModelEndpoints
{
    /// <summary>The name of the configured responder, whichever it is.</summary>
    public const string DefaultModel = "bridge";

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/models", (ResponderSource responders, TimeProvider time) => List(responders, time)).RequireScope(KeyScopes.Read);

    private static IResult List(ResponderSource responders, TimeProvider time)
    {
        long now = time.GetUtcNow().ToUnixTimeSeconds();
        string[] names = [DefaultModel, responders.DefaultName, TemplateResponder.Name];
        ModelContract[] models = [.. names.Distinct(StringComparer.Ordinal).Select(name => new ModelContract(name, OwnerOf(name), now))];
        return Results.Json(new ModelListContract(models), BridgeJsonContext.Default.ModelListContract);
    }

    private static string OwnerOf(string name) => name == TemplateResponder.Name ? DefaultModel : ModelName.Parse(name).Provider;
}
