using System.Text.Json.Nodes;
using Bridge.Approval;
using Bridge.Configuration;
using Bridge.Hosting;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Hosting;
using Bridge.Mcp.Sources;
using Bridge.TestKit;
using Bridge.Tools;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.Http.Tests.Fixtures;

/// <summary>The gateway over HTTP in front of real servers, and clients of it.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IAsyncDisposable> _owned = [];

    private GatewayHost(TestHost host) => Host = host;

    public TestHost Host { get; }

    public static McpServerConfig Fixture(string id = "fixture") => McpServerConfig.Stdio(id, "dotnet", BuiltServers.Dll("Fixture"));

    public static McpServerConfig Calculator(string id = "calculator") => McpServerConfig.Stdio(id, "dotnet", BuiltServers.Dll("Calculator"));

    public static Task<GatewayHost> StartAsync(params McpServerConfig[] servers) => StartAsync(static _ => { }, servers);

    public static Task<GatewayHost> StartAsync(Action<BridgeOptions> configure, params McpServerConfig[] servers) =>
        StartAsync(configure, static _ => { }, servers);

    public static Task<GatewayHost> StartAsync(
        Action<BridgeOptions> configure, Action<IServiceCollection> services, params McpServerConfig[] servers) =>
        StartAsync(configure, services, static _ => { }, servers);

    public static async Task<GatewayHost> StartAsync(
        Action<BridgeOptions> configure, Action<IServiceCollection> services, Action<IBridgeBuilder> parts, params McpServerConfig[] servers)
    {
        TestHost host = await TestHost.StartAsync(configure, services: services, bridge: bridge =>
        {
            parts(bridge);
            bridge.WithMcpServers();
            foreach (McpServerConfig server in servers)
            {
                bridge.Server(server);
            }
        });
        // A server that a test lets hang is not waited for.
        await Task.WhenAll(host.App.Services.GetRequiredService<McpServers>().Servers.Where(server => server.Config.StartTimeout < Patience)
            .Select(server => server.ListAsync(CallContext.Local, CancellationToken.None))).WaitAsync(Patience);
        return new GatewayHost(host);
    }

    /// <summary>Approves what a server lists now, as <c>bridge servers approve</c> does.</summary>
    public async Task ApproveAsync(string server) => await Host.App.Services.GetRequiredService<IDefinitionPins>().ApproveAsync(
        Host.App.Services.GetRequiredService<McpServers>().Find(server)!, CallContext.Local, CancellationToken.None);

    /// <summary>Connects the SDK's client in a session.</summary>
    public Task<McpClient> ConnectAsync(
        string path = "/mcp", McpClientOptions? options = null, HttpTransportMode mode = HttpTransportMode.StreamableHttp, string? key = null) =>
        ConnectAsync(path, options ?? new McpClientOptions(), "2025-11-25", mode, key);

    /// <summary>Connects the SDK's client with the newest revision that both speak.</summary>
    public Task<McpClient> ConnectNewestAsync(McpClientOptions options, string path = "/mcp") =>
        ConnectAsync(path, options, revision: null, HttpTransportMode.StreamableHttp, key: null);

    private async Task<McpClient> ConnectAsync(string path, McpClientOptions options, string? revision, HttpTransportMode mode, string? key)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(Host.Address, path),
            TransportMode = mode,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = $"Bearer {key ?? Host.Key}" },
        });
        options.ProtocolVersion = revision;
        McpClient client = await McpClient.CreateAsync(transport, options).WaitAsync(Patience);
        _owned.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable owned in _owned)
        {
            await owned.DisposeAsync();
        }

        await Host.DisposeAsync();
    }
}

/// <summary>Short ways to what every test of the gateway asks.</summary>
internal static class GatewayClientExtensions
{
    public static async Task<JsonNode> RequestAsync(this McpClient client, string method, string parameters = "{}") =>
        (await client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = JsonNode.Parse(parameters) }).WaitAsync(GatewayHost.Patience)).Result!;

    public static async Task<string> CallTextAsync(this McpClient client, string tool, string arguments = "{}")
    {
        JsonNode result = await client.RequestAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");
        return result["content"]![0]!["text"]!.GetValue<string>();
    }
}
