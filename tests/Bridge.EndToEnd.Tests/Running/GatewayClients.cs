using System.Diagnostics;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.EndToEnd.Tests.Running;

/// <summary>Clients of the gateway, by the SDK.</summary>
internal static class GatewayClients
{
    /// <summary>The newest revision with sessions.</summary>
    public const string Sessions = "2025-11-25";

    /// <summary>The revision without sessions.</summary>
    public const string Stateless = "2026-07-28";

    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Connects to a running <c>serve</c>.</summary>
    /// <param name="serve">The running <c>serve</c>.</param>
    /// <param name="revision">The revision to speak.</param>
    /// <param name="path">The address below its own; <c>/sse</c> for the transport of 2024.</param>
    /// <param name="http">What it speaks with, the caller's; <see langword="null"/> for something of its own.</param>
    /// <param name="key">Its key; <see langword="null"/> for that of the machine.</param>
    public static Task<McpClient> ConnectAsync(RunningServe serve, string revision, string path = "/mcp", HttpClient? http = null, string? key = null)
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = new Uri(serve.Client.BaseAddress!, path),
            TransportMode = path.StartsWith("/sse", StringComparison.Ordinal) ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key ?? serve.Key}" },
        };
        HttpClientTransport transport = http is null ? new(options) : new(options, http);
        return McpClient.CreateAsync(transport, OptionsOf(revision)).WaitAsync(Patience);
    }

    /// <summary>Speaks to a <c>bridge mcp</c> over its pipes; what it writes to standard error is thrown away.</summary>
    /// <param name="bridge">The process; the caller's to end.</param>
    /// <param name="revision">The revision to speak.</param>
    public static Task<McpClient> ConnectAsync(Process bridge, string revision)
    {
        _ = bridge.StandardError.ReadToEndAsync();
        return McpClient.CreateAsync(
            new StreamClientTransport(bridge.StandardInput.BaseStream, bridge.StandardOutput.BaseStream),
            OptionsOf(revision)).WaitAsync(Patience);
    }

    /// <summary>Calls the tool <c>echo</c> of a server.</summary>
    /// <returns>The text of the answer.</returns>
    public static async Task<string> EchoAsync(this McpClient client, string server, string text) => (await client.TryEchoAsync(server, text)).Text;

    /// <summary>Calls the tool <c>echo</c> of a server.</summary>
    /// <returns>The text of the answer, and whether it is an error.</returns>
    public static async Task<(string Text, bool IsError)> TryEchoAsync(this McpClient client, string server, string text)
    {
        CallToolResult result = await client.CallToolAsync($"{server}__echo", new Dictionary<string, object?> { ["text"] = text }).AsTask().WaitAsync(Patience);
        return (string.Concat(result.Content.OfType<TextContentBlock>().Select(block => block.Text)), result.IsError == true);
    }

    private static McpClientOptions OptionsOf(string revision) =>
        new() { ProtocolVersion = revision, InitializationTimeout = Patience, DiscoverProbeTimeout = Patience };
}
