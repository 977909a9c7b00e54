using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Gateway;

/// <summary>Reads the message that a request holds.</summary>
internal static class MessageBody
{
    private const int FirstGuess = 1024;

    /// <summary>Reads it; a body that is no message is answered.</summary>
    /// <param name="http">The request.</param>
    /// <returns>The message; <see langword="null"/> when the request is answered already.</returns>
    public static async Task<RpcMessage?> ReadAsync(HttpContext http)
    {
        // Kestrel bounds the body by Bridge:Http:MaxBodyBytes.
        using var body = new MemoryStream((int)Math.Min(http.Request.ContentLength ?? FirstGuess, 1 << 20));
        await http.Request.Body.CopyToAsync(body, http.RequestAborted).ConfigureAwait(false);
        try
        {
            return RpcReader.Read(body.GetBuffer().AsMemory(0, (int)body.Length));
        }
        catch (RpcException error)
        {
            await McpAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, error.Code, error.Message, error.Id).ConfigureAwait(false);
            return null;
        }
    }
}
