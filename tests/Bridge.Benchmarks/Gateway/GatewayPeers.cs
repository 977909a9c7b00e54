using System.Diagnostics;
using System.Text.Json;
using Bridge.TestKit;

namespace Bridge.Benchmarks.Gateway;

/// <summary>The gateways that are measured, each in front of its own instance of the reference server.</summary>
internal static class GatewayPeers
{
    private static readonly string s_npm = Path.Combine(TestData.RepositoryRoot, "tests", "npm-gateways", "node_modules");

    /// <summary>Starts Bridge and those others that are installed; says of the rest why they are left out.</summary>
    /// <param name="folder">For their files.</param>
    /// <param name="names">Which others, by the beginning of their names; none for all.</param>
    public static async Task<List<GatewayProcess>> StartAsync(string folder, string[] names)
    {
        string server = NpmPackages.Server("server-everything");
        var started = new List<GatewayProcess>();
        await AddAsync("Bridge, all checks on", () => BridgeAsync(Path.Combine(folder, "bridge"), server)).ConfigureAwait(false);
        await AddAsync("bare relay", () => Streamable("bare relay", port => new ProcessStartInfo(Environment.ProcessPath!, ["relay", $"http://127.0.0.1:{port}", "node", server, "stdio"]))).ConfigureAwait(false);
        await AddAsync("supergateway", () => Streamable("supergateway", port => Node("supergateway", "--stdio", $"node {server} stdio", "--outputTransport", "streamableHttp", "--stateful", "--port", $"{port}", "--logLevel", "none"))).ConfigureAwait(false);
        await AddAsync("mcp-proxy", () => Streamable("mcp-proxy", port => Node("mcp-proxy", "--host", "127.0.0.1", "--port", $"{port}", "--server", "stream", "--", "node", server, "stdio"))).ConfigureAwait(false);
        await AddAsync("mcp-hub", () => HubAsync(folder, server)).ConfigureAwait(false);
        return started;

        async Task AddAsync(string name, Func<Task<GatewayProcess>> start)
        {
            if (started.Count > 0 && names.Length > 0 && !names.Any(one => name.StartsWith(one, StringComparison.OrdinalIgnoreCase)))
            {
                return;
            }

            try
            {
                started.Add(await start().ConfigureAwait(false));
            }
            catch (Exception error) when (error is InvalidOperationException or FileNotFoundException or System.ComponentModel.Win32Exception)
            {
                Console.WriteLine($"{name} is left out: {error.Message}");
            }
        }
    }

    private static async Task<GatewayProcess> BridgeAsync(string folder, string server)
    {
        Directory.CreateDirectory(folder);
        var servers = new { mcpServers = new { everything = new { command = "node", args = new[] { server, "stdio" } } } };
        await File.WriteAllTextAsync(Path.Combine(folder, "mcp.json"), JsonSerializer.Serialize(servers)).ConfigureAwait(false);
        int port = GatewayProcess.FreePort();
        string[] where = ["--config", folder, "--data", Path.Combine(folder, "data")];
        using Process keys = Process.Start(new ProcessStartInfo(BuiltBridge.Executable, ["keys", .. where]) { RedirectStandardOutput = true })!;
        string key = (await keys.StandardOutput.ReadToEndAsync().ConfigureAwait(false)).Trim();
        return await GatewayProcess.StartAsync("Bridge, all checks on", "everything__echo", () => new StreamableClient(Address(port, "/mcp"), key),
            new ProcessStartInfo(BuiltBridge.Executable, ["serve", "--url", $"http://127.0.0.1:{port}", .. where])).ConfigureAwait(false);
    }

    private static async Task<GatewayProcess> HubAsync(string folder, string server)
    {
        string file = Path.Combine(folder, "hub.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { mcpServers = new { everything = new { command = "node", args = new[] { server, "stdio" } } } })).ConfigureAwait(false);
        int port = GatewayProcess.FreePort();
        return await GatewayProcess.StartAsync("mcp-hub", "everything__echo", () => new SseClient(Address(port, "/mcp")), Node("mcp-hub", "--port", $"{port}", "--config", file)).ConfigureAwait(false);
    }

    private static Task<GatewayProcess> Streamable(string name, Func<int, ProcessStartInfo> start)
    {
        int port = GatewayProcess.FreePort();
        return GatewayProcess.StartAsync(name, "echo", () => new StreamableClient(Address(port, "/mcp"), key: null), start(port));
    }

    private static Uri Address(int port, string path) => new($"http://127.0.0.1:{port}{path}");

    private static ProcessStartInfo Node(string package, params string[] arguments)
    {
        string script = Path.Combine(s_npm, ".bin", package);
        var start = File.Exists(script)
            ? new ProcessStartInfo("node", ["--require", NpmPackages.LoopbackOnly, script, .. arguments])
            : throw new FileNotFoundException("'npm ci --ignore-scripts' in tests/npm-gateways installs it.");
        start.Environment["MCP_PROXY_TELEMETRY"] = "0";
        return start;
    }
}
