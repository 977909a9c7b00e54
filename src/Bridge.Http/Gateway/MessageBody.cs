using System.Buffers;
using System.IO.Pipelines;
using Bridge.Mcp.Messages;
using Microsoft.AspNetCore.Http;

namespace Bridge.Http.Gateway;

/// <summary>Reads the message that a request holds.</summary>
internal static class MessageBody
{
    /// <summary>Reads it; a body that is no message is answered.</summary>
    /// <param name="http">The request.</param>
    /// <returns>The message; <see langword="null"/> when the request is answered already.</returns>
    public static async Task<RpcMessage?> ReadAsync(HttpContext http)
    {
        byte[] body = await ReadBodyAsync(http.Request.BodyReader, http.RequestAborted).ConfigureAwait(false);
        try
        {
            return RpcReader.Read(body);
        }
        catch (RpcException error)
        {
            await McpAnswer.RefuseAsync(http, StatusCodes.Status400BadRequest, error.Code, error.Message, error.Id).ConfigureAwait(false);
            return null;
        }
    }

    // Kestrel bounds the body by Bridge:Http:MaxBodyBytes.
    private static async Task<byte[]> ReadBodyAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.IsCompleted)
            {
                byte[] body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
