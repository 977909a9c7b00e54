using System.Globalization;
using Bridge.Configuration;
using Bridge.Http.Contracts;
using Bridge.Http.Guards;
using Bridge.Http.Requests;
using Bridge.Identity;
using Bridge.Pipeline;
using Bridge.Prompts;
using Bridge.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace Bridge.Http.Endpoints;

/// <summary><c>POST /v1/prompts/tool-call</c>: a prompt goes in, the prompt with its calls and results comes out. Every outcome is a 200.</summary>
internal static class ToolCallEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPost("/v1/prompts/tool-call", HandleAsync).RequireScope(KeyScopes.Prompts).AsPromptWork();

    private static async Task<IResult> HandleAsync(HttpContext http, IToolCallBridge bridge, IOptionsMonitor<BridgeOptions> options)
    {
        RequestMembers body = await JsonBody.ReadAsync(http.Request).ConfigureAwait(false);
        ToolCallRequest request = ToolCallRequestReader.Read(body, options.CurrentValue.Limits);
        Prompt updated = await bridge.UpdateWithToolCall(
            Prompt.FromMessages(request.Messages),
            ToolCallRequestReader.ToOptions(request),
            new CallContext { Identity = http.BridgeIdentity() },
            http.RequestAborted).ConfigureAwait(false);
        if (updated.ToolCalling?.Calls.Max(call => call.Reason.RetryAfter) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return Results.Json(updated.ToContract(), BridgeJsonContext.Default.ToolCallResponse);
    }
}
