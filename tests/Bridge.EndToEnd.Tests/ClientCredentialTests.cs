using System.Text.Json;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Bridge.EndToEnd.Tests;

/// <summary>Clients with credentials of their own, from the command line through a running <c>serve</c> into the processes of a server.</summary>
public sealed class ClientCredentialTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    [Fact]
    [Trait("Attack", "S5")]
    public async Task S5_Serve_TwoKeysOfOneServer_EachHasAProcessWithItsOwnCredential()
    {
        string dll = JsonSerializer.Serialize(BuiltServers.Dll("Hostile"));
        _bridge.Write("mine/mcp.json", $$$"""{"mcpServers":{"who":{"command":"dotnet","args":[{{{dll}}},"environment"],"env":{"WHO":"${client:WHO}"} } } }""");
        string[] users = ["alice", "bob"];
        var keys = new Dictionary<string, string>();
        foreach (string user in users)
        {
            keys[user] = (await _bridge.RunAsync("keys", "create", user)).Output.Trim();
            await SetAsync(user, $"secret-of-{user}");
        }

        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        await using McpClient alice = await GatewayClients.ConnectAsync(serve, GatewayClients.Sessions, key: keys["alice"]);
        await using McpClient bob = await GatewayClients.ConnectAsync(serve, GatewayClients.Stateless, key: keys["bob"]);
        await using McpClient owner = await GatewayClients.ConnectAsync(serve, GatewayClients.Sessions);

        string[] seen = await Task.WhenAll(WhoAsync(alice), WhoAsync(bob), WhoAsync(alice), WhoAsync(bob));
        await SetAsync("bob", "another-of-bob"); // a running serve takes it up
        using var patience = new CancellationTokenSource(GatewayClients.Patience);
        while (await WhoAsync(bob) != "another-of-bob")
        {
            await Task.Delay(100, patience.Token);
        }

        seen.Should().Equal("secret-of-alice", "secret-of-bob", "secret-of-alice", "secret-of-bob");
        (await WhoAsync(alice)).Should().Be("secret-of-alice");
        (await FluentActions.Awaiting(() => WhoAsync(owner)).Should().ThrowAsync<McpProtocolException>()).Which.Message.Should().Contain("bridge servers credential set who WHO --for local");
        (await serve.StopAsync()).Error.Should().NotContain("of-alice").And.NotContain("of-bob");
    }

    public void Dispose() => _bridge.Dispose();

    private async Task SetAsync(string user, string secret)
    {
        _bridge.Variables["GIVEN"] = secret;
        (int code, _, string error) = await _bridge.RunAsync("servers", "credential", "set", "who", "--for", user, "--from-env", "GIVEN", "--config", "mine");
        _bridge.Variables.Remove("GIVEN");
        code.Should().Be(0, error);
    }

    private static async Task<string> WhoAsync(McpClient client)
    {
        CallToolResult result = await client.CallToolAsync("who__echo", new Dictionary<string, object?>()).AsTask().WaitAsync(GatewayClients.Patience);
        return JsonElement.Parse(((TextContentBlock)result.Content[0]).Text).GetProperty("WHO").GetString()!;
    }
}
