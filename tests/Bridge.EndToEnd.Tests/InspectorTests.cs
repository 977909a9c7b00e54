using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Documentation;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary>MCP Inspector's command line against the built <c>bridge</c>, over both ways in.</summary>
public sealed class InspectorTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    /// <summary>The entry that the README shows, in a file like that of Claude Desktop: whoever copies it has a client of all their servers.</summary>
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/gateway.md")]
    public async Task Inspector_WithTheEntryOfThePages_ListsAndCallsThroughPipes(string page)
    {
        string entry = Page.Read(page).Blocks("json").Single(block => block.Contains("\"args\": [\"mcp\"]", StringComparison.Ordinal));
        JsonNode.Parse(entry)!["mcpServers"]!.AsObject().Single().Value!.AsObject().Select(member => member.Key).Should().Equal("command", "args");
        _bridge.Write("claude_desktop_config.json", entry);
        _bridge.Write("../.config/bridge/mcp.json", Servers()); // a client gives what it starts no more than HOME and PATH
        _bridge.Variables["PATH"] = $"{BuiltBridge.Folder}{Path.PathSeparator}{Environment.GetEnvironmentVariable("PATH")}";

        await ListAndCallAsync("--config", "claude_desktop_config.json", "--server", "bridge");
    }

    [Fact]
    public async Task Inspector_AtTheAddressOfServe_ListsAndCallsOverHttp()
    {
        _ = Inspector.Node; // skips before anything is started
        _bridge.Write("mine/mcp.json", Servers());
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");

        await ListAndCallAsync(new Uri(serve.Client.BaseAddress!, "/mcp").ToString(), "--transport", "http", "--header", $"Authorization: Bearer {serve.Key}");
    }

    public void Dispose() => _bridge.Dispose();

    private static string Servers() => new JsonObject
    {
        ["mcpServers"] = new JsonObject
        {
            ["calculator"] = new JsonObject { ["command"] = "dotnet", ["args"] = new JsonArray(BuiltServers.Dll("Calculator")) },
        },
    }.ToJsonString();

    private async Task ListAndCallAsync(params string[] server)
    {
        JsonNode listed = await RunAsync([.. server, "--method", "tools/list"]);
        JsonNode called = await RunAsync([.. server, "--method", "tools/call", "--tool-name", "calculator__add", "--tool-arg", "a=2", "b=3"]);

        listed["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>())
            .Should().Equal("calculator__add", "calculator__subtract", "calculator__multiply", "calculator__divide");
        called["content"]![0]!["text"]!.GetValue<string>().Should().Be("5");
    }

    private async Task<JsonNode> RunAsync(string[] line)
    {
        (int code, string output, string error) = await _bridge.RunProgramAsync(Inspector.Node, [Inspector.Script, "--cli", .. line]);
        code.Should().Be(0, error);
        return JsonNode.Parse(output)!;
    }
}
