using System.Runtime.InteropServices;
using System.Text.Json;
using Bridge.Catalog;
using Bridge.Execution;
using Bridge.Mcp.Gateway;
using Bridge.Outcomes;
using Bridge.Tools;
using ModelContextProtocol.Protocol;

namespace Bridge.Mcp.Modes;

/// <summary>Takes a client's call through the one door, like every other call.</summary>
internal static class DoorExtensions
{
    private static readonly byte[] s_nothing = "{}"u8.ToArray();

    /// <summary>Calls a tool.</summary>
    /// <param name="door">The door.</param>
    /// <param name="request">The client's request.</param>
    /// <param name="entry">The tool.</param>
    /// <param name="arguments">The arguments as the client wrote them; <see langword="null"/> for none.</param>
    /// <param name="cancellationToken">The client cancelled, or is gone.</param>
    /// <returns>The answer.</returns>
    public static async Task<JsonRpcMessage> AnswerAsync(
        this IToolExecutor door, GatewayRequest request, CatalogEntry entry, JsonElement? arguments, CancellationToken cancellationToken)
    {
        byte[] written = arguments is { } given ? JsonMarshal.GetRawUtf8Value(given).ToArray() : s_nothing;
        var call = new CallRequest(request.Id.ToString(), entry, written) { Origin = CallOrigin.Gateway };
        CallOutcome outcome = await door.ExecuteAsync(call, request.Context, cancellationToken).ConfigureAwait(false);
        return OutcomeWriter.Write(request, outcome);
    }
}
