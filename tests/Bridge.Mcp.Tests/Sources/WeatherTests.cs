using Bridge.TestKit;
using System.Text.Json;
using Bridge.Mcp.Configuration;
using Bridge.Mcp.Connections;
using Bridge.Mcp.Sources;
using Bridge.Mcp.Tests.Fixtures;
using Bridge.Tools;
using Microsoft.Extensions.AI;

namespace Bridge.Mcp.Tests.Sources;

public sealed class WeatherTests
{
    public static TheoryData<string, McpTransport> Ways => new()
    {
        { "/mcp", McpTransport.StreamableHttp },
        { "/mcp", McpTransport.Http },
        { "/sse", McpTransport.Sse },
        { "/sse", McpTransport.Http },
        { "/", McpTransport.Http },
        { "/moved", McpTransport.StreamableHttp },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task CallAsync_EveryWayOfHttp_CallsWithTheToken(string path, McpTransport transport)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync(token: "secret");
        await using McpServers servers = Servers.Of(Config(weather, path, transport, ("Authorization", "Bearer secret")));
        McpToolSource source = await servers.ReadyAsync("weather");

        ToolResult result = await source.CallAsync("get_weather", """{"city":"Lisbon","unit":"fahrenheit"}""");

        source.Scope.Should().Be(SourceScope.PerIdentity);
        result.IsError.Should().BeFalse();
        result.Structured!.Value.GetProperty("unit").GetString().Should().Be("fahrenheit");
        result.ToText().Should().Contain("Lisbon");
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/sse")]
    public async Task CallAsync_Progress_ReachesTheCallerInOrder(string path)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, path));
        McpToolSource source = await servers.ReadyAsync("weather");
        var progress = new Progress();

        ToolResult result = await source.CallAsync(
            "slow_report", """{"steps":5,"delayMs":20}""", CallContext.Local with { Progress = progress }, CancellationToken.None);

        result.ToText().Should().Be("a report of 5 steps");
        progress.Seen.Should().NotBeEmpty().And.BeInAscendingOrder(seen => seen.Progress);
        progress.Seen[0].Should().BeEquivalentTo(new { CallId = "call-1", Tool = new ToolId("weather", "slow_report"), Total = 5.0 });
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/sse")]
    public async Task CallAsync_Cancelled_CancelsTheToolOnItsServer(string path)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, path));
        McpToolSource source = await servers.ReadyAsync("weather");
        using var cancel = new CancellationTokenSource();
        var progress = new Progress(_ => cancel.Cancel());

        Func<Task> call = () => source.CallAsync(
            "slow_report", """{"steps":2,"delayMs":600000}""", CallContext.Local with { Progress = progress }, cancel.Token);

        await call.Should().ThrowAsync<OperationCanceledException>();
        await EventuallyAsync(async () => (await source.CallAsync("count_cancelled", "{}")).ToText() == "1");
    }

    [Fact]
    public async Task CallAsync_CallTimeout_IsALostAnswerAndCancelsTheTool()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, "/mcp") with { CallTimeout = TimeSpan.FromSeconds(1) });
        McpToolSource source = await servers.ReadyAsync("weather");

        Func<Task> call = () => source.CallAsync("slow_report", """{"steps":2,"delayMs":600000}""");

        (await call.Should().ThrowAsync<ToolSourceException>().WithMessage("*did not answer within 1 s*")).Which.Sent.Should().BeTrue();
        await EventuallyAsync(async () => (await source.CallAsync("count_cancelled", "{}")).ToText() == "1");
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/sse")]
    public async Task ListAsync_ToolsChangedOnTheServer_ListsAgain(string path)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, path));
        McpToolSource source = await servers.ReadyAsync("weather");
        (await source.ListAsync()).Tools.Should().NotContain(tool => tool.Id.Name == "get_alerts");

        await source.CallAsync("enable_alerts", "{}");

        await source.UntilAsync(() => source.ListAsync().Result.Tools.Any(tool => tool.Id.Name == "get_alerts"));
        (await source.CallAsync("get_alerts", """{"city":"Oslo"}""")).ToText().Should().Be("No alerts for Oslo.");
    }

    [Fact]
    public async Task CallAsync_EveryKindOfContent_Arrives()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");

        ToolResult result = await source.CallAsync("get_map", "{}");

        result.Content.Should().HaveCount(6);
        result.Content[0].Should().BeOfType<TextContent>().Which.Text.Should().Be("The map:");
        result.Content[1].Should().BeOfType<DataContent>().Which.MediaType.Should().Be("image/png");
        result.Content[2].Should().BeOfType<DataContent>().Which.Data.ToArray().Should().Equal(1, 2, 3);
        result.Content[3].Should().BeOfType<TextContent>().Which.AdditionalProperties!["uri"].Should().Be("weather://legend");
        result.Content[4].Should().BeOfType<DataContent>().Which.Name.Should().Be("weather://tile");
        result.Content[5].Should().BeOfType<UriContent>().Which.Uri.Should().Be("https://example.org/map");
    }

    [Fact]
    public async Task CallAsync_ToolError_IsAResult()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");

        ToolResult result = await source.CallAsync("get_forecast", """{"city":"Oslo","days":9}""");

        result.IsError.Should().BeTrue();
        result.ToText().Should().Contain("1 to 7 days");
    }

    [Theory]
    [InlineData("/mcp")]
    [InlineData("/sse")]
    public async Task CallAsync_ServerAsks_ThePersonBehindTheCallAnswers(string path)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, path));
        McpToolSource source = await servers.ReadyAsync("weather");
        var person = new Interaction("""{"city":"Oslo"}""", "short");
        CallContext context = CallContext.Local with { Interaction = person };

        (await source.CallAsync("ask_city", "{}", context, CancellationToken.None)).ToText().Should().Be("The user chose Oslo.");
        (await source.CallAsync("summarize", """{"text":"long"}""", context, CancellationToken.None)).ToText().Should().Be("test-model: short");
        person.Questions.Should().Equal("weather: Which city? city", "weather: Be brief. long");
    }

    [Fact]
    [Trait("Attack", "S8")]
    public async Task CallAsync_ServerAsksAndNobodyIsThere_IsDeclined()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");
        CallContext shy = CallContext.Local with { Interaction = new Interaction(null) };

        (await source.CallAsync("ask_city", "{}")).ToText().Should().Be("The user did not choose: decline.");
        (await source.CallAsync("ask_city", "{}", shy, CancellationToken.None)).ToText().Should().Be("The user did not choose: decline.");
        (await source.CallAsync("summarize", """{"text":"long"}""")).IsError.Should().BeTrue();
        (await source.CallAsync("summarize", """{"text":"long"}""", shy, CancellationToken.None)).IsError.Should().BeTrue();
    }

    [Fact]
    public async Task CallAsync_Meta_IsPassedOnWithoutTheClientsProgressToken()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");
        CallContext context = CallContext.Local with { Meta = new() { ["traceparent"] = "00-1", ["progressToken"] = "theirs" } };

        JsonElement meta = JsonElement.Parse((await source.CallAsync("show_meta", "{}", context, CancellationToken.None)).ToText());

        meta.GetProperty("traceparent").GetString().Should().Be("00-1");
        meta.TryGetProperty("progressToken", out _).Should().BeFalse();
    }

    [Fact]
    [Trait("Attack", "S3")]
    public async Task CallAsync_TwoIdentities_HaveTheirOwnSessions()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");
        CallContext ann = CallContext.Local with { Identity = new ClientIdentity("ann") };

        string local = (await source.CallAsync("show_session", "{}")).ToText();
        string anns = (await source.CallAsync("show_session", "{}", ann, CancellationToken.None)).ToText();
        string again = (await source.CallAsync("show_session", "{}", ann, CancellationToken.None)).ToText();

        anns.Should().NotBe(local).And.Be(again);
    }

    [Fact]
    public async Task CallAsync_SessionForgottenByTheServer_IsCalledOnANewOne()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using McpServers servers = Servers.Of(new ConnectionOptions { FirstRetry = TimeSpan.FromMilliseconds(10) }, Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");
        using var http = new HttpClient();
        await http.PostAsync(new Uri($"{weather.Url}/forget-sessions"), null);

        ToolResult result = await source.CallAsync("get_weather", """{"city":"Oslo"}""");

        result.IsError.Should().BeFalse();
    }

    [Fact]
    public async Task CallAsync_ServerStoppedAndStartedAgain_ComesBack()
    {
        int port = ChildServer.FreePort();
        ChildServer weather = await ChildServer.WeatherAsync(port: port);
        var fast = new ConnectionOptions { FirstRetry = TimeSpan.FromMilliseconds(10), ReconnectWait = TimeSpan.FromSeconds(2) };
        await using McpServers servers = Servers.Of(fast, Config(weather, "/mcp"));
        McpToolSource source = await servers.ReadyAsync("weather");
        await weather.DisposeAsync();

        Func<Task> call = () => source.CallAsync("get_weather", """{"city":"Oslo"}""");
        (await call.Should().ThrowAsync<ToolSourceException>().WithMessage("*cannot be reached*")).Which.Sent.Should().BeFalse();

        await using ChildServer again = await ChildServer.WeatherAsync(port: port);
        await source.UntilAsync(() => source.Status == SourceStatus.Ready);
        (await source.CallAsync("get_weather", """{"city":"Oslo"}""")).IsError.Should().BeFalse();
    }

    [Theory]
    [InlineData("/mcp", null, "*needs login (HTTP 401)*Authorization*")]
    [InlineData("/nowhere", "secret", "*not an MCP endpoint (HTTP 404)*path of 'url'*")]
    [InlineData("/elsewhere", "secret", "*redirects to another place (HTTP 307)*")]
    [Trait("Attack", "H8")]
    public async Task Status_RefusedOverHttp_SaysWhyAndTheCure(string path, string? token, string expected)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync(token: "secret");
        (string, string)[] headers = token is null ? [] : [("Authorization", $"Bearer {token}")];
        await using McpServers servers = Servers.Of(Config(weather, path, McpTransport.StreamableHttp, headers));

        await servers.WaitUntilSettledAsync(CancellationToken.None).WaitAsync(Servers.Patience);

        servers.Find("weather")!.Status.State.Should().Be(SourceState.Failed);
        servers.Find("weather")!.Status.Detail.Should().Match(expected);
    }

    private static async Task EventuallyAsync(Func<Task<bool>> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            TimeProvider.System.GetElapsedTime(start).Should().BeLessThan(Servers.Patience, "the server should have noticed by now");
        }
    }

    private static McpServerConfig Config(ChildServer server, string path, McpTransport transport = McpTransport.Http, params (string Name, string Value)[] headers)
    {
        McpServerConfig config = McpServerConfig.Http("weather", new Uri(server.Url + path)) with { Transport = transport };
        return config with { Headers = config.Headers.AddRange(headers.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))) };
    }
}
