using Bridge.Mcp.Connections;
using Bridge.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Client;

namespace Bridge.Mcp.Sources;

/// <summary>Asks a server for something that is not a tool call, with failures in words.</summary>
internal static class McpServersRequests
{
    /// <exception cref="McpRequestException">The server is not there, refused, or was lost.</exception>
    public static async Task<T> AskAsync<T>(
        this McpServers servers, string server, CallContext? context, string what, Func<McpClient, Task<T>> ask, CancellationToken cancellationToken)
    {
        await servers.StartAsync(cancellationToken).ConfigureAwait(false);
        McpToolSource source = servers.Find(server) ?? throw new McpRequestException(
            $"There is no server '{server}'. Configured are: {string.Join(", ", servers.Servers.Select(known => $"'{known.Id}'"))}.");
        try
        {
            UpstreamSession session = await source.AcquireAsync((context ?? CallContext.Local).Identity, cancellationToken).ConfigureAwait(false);
            return await session.UnlessEnded(ask(session.Client)).ConfigureAwait(false);
        }
        catch (ToolSourceException error)
        {
            throw new McpRequestException(error.Message, error);
        }
        catch (McpProtocolException error)
        {
            throw new McpRequestException($"The server '{server}' refused {what} (error {(int)error.ErrorCode}): {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or McpException or System.Text.Json.JsonException)
        {
            throw new McpRequestException($"The server '{server}' did not give {what}: {error.Message}", error);
        }
    }
}
