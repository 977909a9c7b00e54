using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    [Fact]
    public async Task Ask_EmptyFolder_PrintsCallResultAndAnswer()
    {
        (int code, string output, string error) = await _bridge.RunAsync("ask", "Add 2 to 3 using available tools.");

        code.Should().Be(0, error);
        output.ReplaceLineEndings("\n").Should().StartWith("add {\"a\":2,\"b\":3}\n  5\n").And.NotContain("\u001b");
        output.Trim().Split('\n')[^1].Should().Contain("5");
    }

    [Fact]
    public async Task Ask_RepositoryFolder_TrustsTheShippedSample()
    {
        foreach (string name in new[] { "appsettings.json", "config/mcp.json", "config/models.json" })
        {
            _bridge.Write(name, await File.ReadAllTextAsync(Path.Combine(TestData.RepositoryRoot, name)));
        }

        (int code, string output, string error) = await _bridge.RunAsync("ask", "Add 2 to 3 using available tools.", "--json");

        code.Should().Be(0, error);
        error.Should().BeEmpty();
        JsonElement.Parse(output).GetProperty("answer").GetString().Should().Contain("5");
    }

    [Fact]
    public async Task Ask_UntrustedFolder_ExitsWithTwoAndTheCommandToRun()
    {
        _bridge.Write("config/mcp.json", """{"mcpServers": {"x": {"command": "touch", "args": ["started"]}}}""");

        (int code, string output, string error) = await _bridge.RunAsync("ask", "Add 2 to 3.");

        code.Should().Be(2);
        output.Should().BeEmpty();
        error.Should().Contain("bridge trust");
        File.Exists(Path.Combine(_bridge.Current, "started")).Should().BeFalse();
    }

    [Theory]
    [InlineData("asq", 2)]
    [InlineData("call nosuch {}", 2)]
    [InlineData("call divide {\"a\":1,\"b\":0}", 1)]
    [InlineData("call add {\"a\":1,\"b\":2}", 0)]
    [InlineData("--version", 0)]
    public async Task Verbs_ExitCodes_AreAsDocumented(string line, int expected) =>
        (await _bridge.RunAsync(line.Split(' '))).Code.Should().Be(expected);

    [Fact]
    public async Task Ask_ToolNeedsConsentAndNobodyIsThere_ExitsWithThree()
    {
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"Approval": {"Unannotated": "ask"}}}""");

        (int code, _, string error) = await _bridge.RunAsync("ask", "Add 2 to 3.", "--config", "mine");

        code.Should().Be(3, error);
    }

    [Fact]
    public async Task Ask_Interrupted_ExitsWith130()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        _bridge.Write("mine/mcp.json", """{"mcpServers": {"silent": {"command": "sleep", "args": ["60"]}}}""");
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"StartTimeout": "50s"}}""");
        using Process process = _bridge.Start("tools", "--config", "mine", "--verbose");
        await process.StandardError.ReadLineAsync(); // the log speaks: the command runs

        await Signals.SendAsync(process.Id, Signals.Interrupt);
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(130);
    }

    [Fact]
    public async Task Serve_StartedAndTerminated_AnswersAndEndsWell()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        await using RunningServe serve = await RunningServe.StartAsync(_bridge);
        using var stranger = new HttpClient { BaseAddress = serve.Client.BaseAddress };
        var tools = new Uri("/v1/tools", UriKind.Relative);
        (await stranger.GetAsync(tools)).StatusCode.Should().Be(System.Net.HttpStatusCode.Unauthorized);
        (await serve.Client.GetAsync(tools)).IsSuccessStatusCode.Should().BeTrue();

        (int code, string rest) = await serve.StopAsync();

        code.Should().Be(0, rest);
    }

    [Fact]
    public async Task Serve_PortTaken_ExitsWithTwoAndTheCure()
    {
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();

        (int code, _, string error) = await _bridge.RunAsync("serve", "--url", $"http://{taken.LocalEndpoint}");

        code.Should().Be(2);
        error.Should().Contain("is taken by another program");
    }

    public void Dispose() => _bridge.Dispose();
}
