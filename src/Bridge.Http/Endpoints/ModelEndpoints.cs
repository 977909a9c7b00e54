using Bridge.Http.Contracts;
using Bridge.Http.Errors;
using Bridge.Http.Guards;
using Bridge.Http.Requests;
using Bridge.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Bridge.Http.Endpoints;

/// <summary><c>/v1/models</c>: what can be named in <c>/v1/chat/completions</c>, and loading and unloading what this process runs.</summary>
internal static class ModelEndpoints
{
    /// <summary>The name of the configured responder, whichever it is.</summary>
    public const string DefaultModel = "bridge";

    private const string Load = "/load";
    private const string Unload = "/unload";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/models", ListAsync).RequireScope(KeyScopes.Read);
        app.MapGet("/v1/models/{**id}", DescribeAsync).RequireScope(KeyScopes.Read);

        // Names hold slashes, and what follows such a part cannot be matched: the last segment is read here.
        app.MapPost("/v1/models/{**path}", ChangeAsync).RequireScope(KeyScopes.Admin);
    }

    private static async Task<IResult> ListAsync(ModelDirectory models, CancellationToken cancellationToken) => Results.Json(
        new ModelListContract(await models.ListAsync(cancellationToken).ConfigureAwait(false)), BridgeJsonContext.Default.ModelListContract);

    private static async Task<IResult> DescribeAsync(string id, ModelDirectory models, CancellationToken cancellationToken) =>
        Say(await models.DescribeAsync(IdOf(id), cancellationToken).ConfigureAwait(false));

    private static async Task<IResult> ChangeAsync(string? path, HttpContext http, ModelDirectory models)
    {
        await RefuseBodyAsync(http).ConfigureAwait(false);
        string text = IdOf(path ?? "");
        return text.EndsWith(Load, StringComparison.Ordinal)
            ? Say(await models.LoadAsync(text[..^Load.Length], http.RequestAborted).ConfigureAwait(false))
            : text.EndsWith(Unload, StringComparison.Ordinal)
                ? Say(await models.UnloadAsync(text[..^Unload.Length], http.RequestAborted).ConfigureAwait(false))
                : throw new ApiErrorException(new ApiError(
                    StatusCodes.Status404NotFound, "not_found", "POST takes '/v1/models/ID/load' and '/v1/models/ID/unload'."));
    }

    // The server leaves an encoded slash as it is, and decodes everything else.
    private static string IdOf(string path) => path.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    private static async Task RefuseBodyAsync(HttpContext http)
    {
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
        {
            (await JsonBody.ReadAsync(http.Request).ConfigureAwait(false)).RefuseOthers();
        }
    }

    private static IResult Say(ModelContract model) => Results.Json(model, BridgeJsonContext.Default.ModelContract);
}
