using System.Diagnostics;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary><c>bridge mcp</c> as a desktop client starts it: messages in, messages out, the end of input is the end.</summary>
public sealed class McpVerbTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    public McpVerbTests() => _bridge.Write("mine/mcp.json", new JsonObject
    {
        ["mcpServers"] = new JsonObject
        {
            ["fixture"] = Server("Fixture"),
            ["calculator"] = Server("Calculator"),
        },
    }.ToJsonString());

    [Fact]
    public async Task Mcp_Alone_ServesAllServersAndEndsWithItsInput()
    {
        (int code, JsonNode[] messages, string error) = await TalkAsync(["mcp"], Call("calculator__add"), Call("calculator__nothing"));

        code.Should().Be(0, error);
        error.Should().BeEmpty();
        Answer(messages, 0)["result"]!["serverInfo"]!["name"]!.GetValue<string>().Should().Be("bridge");
        Answer(messages, 1)["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("5");
        Answer(messages, 2)["error"]!["code"]!.GetValue<int>().Should().Be(-32602);
    }

    [Fact]
    public async Task Mcp_OneServer_HasItsOwnNames()
    {
        (_, JsonNode[] messages, _) = await TalkAsync(["mcp", "calculator"], Call("add"));
        (int unknown, _, string error) = await TalkAsync(["mcp", "nobody"]);

        Answer(messages, 1)["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("5");
        unknown.Should().Be(2);
        error.Should().Contain("'nobody'");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Mcp_ModeAndTools_HoldAloneAndThroughARunningServe(bool serves)
    {
        await using RunningServe? serve = serves ? await RunningServe.StartAsync(_bridge, "--config", Mine()) : null;

        (int code, JsonNode[] messages, string error) = await TalkAsync(
            ["mcp", "--mode", "search", "--tools", "calculator/*"],
            """{"jsonrpc":"2.0","method":"tools/call","params":{"name":"call_tool","arguments":{"name":"calculator__add","arguments":{"a":2,"b":3}}}}""",
            """{"jsonrpc":"2.0","method":"tools/call","params":{"name":"call_tool","arguments":{"name":"fixture__double","arguments":{}}}}""");

        code.Should().Be(0, error);
        Answer(messages, 1)["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("5");
        Answer(messages, 2)["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Contain("find_tools");
    }

    [Fact]
    public async Task Mcp_RunningServe_IsUsedByEveryClientAtOnce()
    {
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", Mine());

        (int Code, JsonNode[] Messages, string Error)[] clients = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => TalkAsync(["mcp", "--verbose"], Call("calculator__add"), "not a message")));

        foreach ((int code, JsonNode[] messages, string error) in clients)
        {
            code.Should().Be(0, error);
            error.Should().Contain("Using the running 'bridge serve'").And.NotContain("is ready");
            Answer(messages, 1)["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("5");
            messages.Should().Contain(message => message["error"] != null && message["error"]!["code"]!.GetValue<int>() == -32700);
        }
    }

    [Fact]
    public async Task Mcp_ServeIsStartedAnew_IsAttachedToAgain()
    {
        Process process;
        ProcessLines lines;
        await using (await RunningServe.StartAsync(_bridge, "--config", Mine()))
        {
            process = _bridge.Start(["mcp", "--config", Mine()]);
            lines = new ProcessLines(process.StandardOutput);
            await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
            await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
            await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator__add","arguments":{"a":2,"b":3}}}""");
            await lines.WaitForAsync("\"id\":1");
        }

        using (process)
        {
            // Nobody serves: what is asked now waits.
            await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"calculator__add","arguments":{"a":40,"b":2}}}""");
            await using RunningServe again = await RunningServe.StartAsync(_bridge, "--config", Mine());

            (await lines.WaitForAsync("\"id\":2")).Should().Contain("\"42\"");
            (await lines.WaitForAsync("notifications/tools/list_changed")).Should().NotBeEmpty();
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
            process.ExitCode.Should().Be(0);
            (await lines.AllAsync()).Split('\n').Count(line => line.Contains("protocolVersion")).Should().Be(1, "the client began one session");
        }
    }

    public void Dispose() => _bridge.Dispose();

    private static JsonObject Server(string name) => new() { ["command"] = "dotnet", ["args"] = new JsonArray(BuiltServers.Dll(name)) };

    private static string Call(string tool) => new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["method"] = "tools/call",
        ["params"] = new JsonObject { ["name"] = tool, ["arguments"] = new JsonObject { ["a"] = 2, ["b"] = 3 } },
    }.ToJsonString();

    private static JsonNode Answer(JsonNode[] messages, int id) =>
        messages.Should().ContainSingle(message => message["id"] != null && message["id"]!.ToString() == id.ToString(null as IFormatProvider)).Subject;

    private string Mine() => Path.Combine(_bridge.Current, "mine");

    private async Task<(int Code, JsonNode[] Messages, string Error)> TalkAsync(string[] verb, params string[] messages)
    {
        using Process process = _bridge.Start([.. verb, "--config", Mine()]);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}""");
        await process.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        for (int i = 0; i < messages.Length; i++)
        {
            await process.StandardInput.WriteLineAsync(messages[i].Replace("\"method\"", $"\"id\":{i + 1},\"method\"", StringComparison.Ordinal));
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)], await error);
    }
}
