using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Mcp.Configuration;
using Bridge.Telemetry;
using Bridge.TestKit;
using ModelContextProtocol.Client;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Servers that are slow, calls that come too often, traces that go through.</summary>
public sealed class PatienceTests
{
    [Fact]
    public async Task List_OneServerHangs_TheOthersAreAnsweredAndTheRestIsToldWhenItComes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "The slow server is a shell's.");
        using var folder = new TemporaryFolder();
        string start = Path.Combine(folder.Path, "start");
        McpServerConfig slow = McpServerConfig.Stdio("slow", "sh", "-c", $"while [ ! -f '{start}' ]; do sleep 0.1; done; exec dotnet '{BuiltServers.Dll("Calculator")}'")
            with { StartTimeout = GatewayHost.Patience * 2 };
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            options => options.Gateway.ListTimeout = TimeSpan.FromMilliseconds(300), GatewayHost.Calculator(), slow);
        McpClient client = await gateway.ConnectAsync();
        using var changed = new SemaphoreSlim(0);
        client.RegisterNotificationHandler("notifications/tools/list_changed", (_, _) => { changed.Release(); return ValueTask.CompletedTask; });

        string[] early = await NamesAsync(client);
        string sum = await client.CallTextAsync("calculator__add", """{"a":2,"b":3}""");
        await File.WriteAllTextAsync(start, "");
        bool told = await changed.WaitAsync(GatewayHost.Patience);

        early.Should().HaveCount(4).And.OnlyContain(name => name.StartsWith("calculator__"));
        sum.Should().Be("5");
        told.Should().BeTrue();
        (await NamesAsync(client)).Should().HaveCount(8);
        (await client.CallTextAsync("slow__add", """{"a":2,"b":3}""")).Should().Be("5");
    }

    [Fact]
    public async Task Call_TooOften_SaysWhenToTryAgain()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(options => options.Limits.CallsPerMinutePerClient = 1, GatewayHost.Calculator());
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        const string call = """{"jsonrpc":"2.0","id":"1","method":"tools/call","params":{"name":"calculator__add","arguments":{"a":2,"b":3} } }""";
        await raw.PostAsync(call);

        using HttpResponseMessage refused = await raw.SendAsync(HttpMethod.Post, call);

        refused.StatusCode.Should().Be(HttpStatusCode.OK, "the refusal is a result that a model can act on");
        refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds.Should().BeInRange(1, 60);
        JsonNode answer = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;
        answer["result"]!["_meta"]!["bridge/retryAfter"]!.GetValue<int>().Should().BeInRange(1, 60);
        using HttpResponseMessage prompt = await gateway.Host.Client.PostAsync(
            new Uri("/v1/prompts/tool-call", UriKind.Relative),
            new StringContent("""{"messages":[{"role":"user","content":"Add 2 to 3 using available tools."}]}""", System.Text.Encoding.UTF8, "application/json"));
        prompt.Headers.RetryAfter.Should().NotBeNull();
    }

    [Theory]
    [InlineData("all")]
    [InlineData("router")]
    public async Task Call_TraceOfTheClient_GoesOnThroughBridgeToTheServer(string mode)
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c", span = "b7ad6b7169203331";
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == BridgeTelemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using GatewayHost gateway = await GatewayHost.StartAsync(GatewayHost.Fixture());
        McpClient client = await gateway.ConnectAsync($"/mcp?mode={mode}&tools=fixture/show_meta");
        string call = mode == "all" ? """ "name":"fixture__show_meta","arguments":{} """ : """ "name":"do_with_tools","arguments":{"request":"Show the meta."} """;

        JsonNode result = await client.RequestAsync("tools/call", $$$"""{{{{call}}},"_meta":{"traceparent":"00-{{{trace}}}-{{{span}}}-01","tracestate":"vendor=1"} }""");

        JsonNode meta = JsonNode.Parse(result["content"]![0]!["text"]!.GetValue<string>())!;
        Activity[] ours = [.. seen.ToArray().Where(activity => activity.TraceId.ToHexString() == trace)];
        ours.Should().Contain(activity => activity.OperationName == "bridge.call");
        ours.Should().Contain(activity => activity.ParentSpanId.ToHexString() == span, "the client's span is the parent of ours");
        meta["traceparent"]!.GetValue<string>().Should().Be(ours.Single(activity => activity.OperationName == "bridge.call").Id);
        meta["tracestate"]!.GetValue<string>().Should().Be("vendor=1");
    }

    private static async Task<string[]> NamesAsync(McpClient client) => [.. (await client.ListToolsAsync()).Select(tool => tool.Name)];
}
