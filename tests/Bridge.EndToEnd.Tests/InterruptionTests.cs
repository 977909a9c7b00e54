using System.Diagnostics;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary>What is left when somebody or something ends a process in the middle of a call.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Caller = "ollama/qwen3:0.6b";
    private const string LongReport = """{"steps": 1000, "delayMs": 100}""";

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly BridgeProcess _bridge = new();

    public InterruptionTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and /proc.");

    [Theory]
    [InlineData("call", "slow_report", LongReport)]
    [InlineData("ask", "Write a report.", "--caller", Caller)]
    public async Task Verb_InterruptedWhileToolRuns_ExitsWith130CancelsTheToolAndLeavesNoProcess(params string[] line)
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using var ollama = new FakeOllama();
        ollama.Calls(("slow_report", LongReport));
        Configure(weather, ollama);
        using Process process = _bridge.Start([.. line, "--config", "mine"]);
        var errors = new ProcessLines(process.StandardError);
        await WaitForAsync(weather, "/began");
        IReadOnlyList<int> children = Signals.DescendantsOf(process.Id);
        children.Should().NotBeEmpty("the calculator runs");

        await Signals.SendAsync(process.Id, Signals.Interrupt);
        await process.WaitForExitAsync().WaitAsync(s_patience);

        process.ExitCode.Should().Be(130);
        (await errors.AllAsync()).Should().EndWith("Interrupted.\n");
        await WaitForAsync(weather, "/cancelled");
        children.Where(Signals.IsAlive).Should().BeEmpty();
    }

    [Fact]
    public async Task Serve_TerminatedWhilePromptRuns_LetsItEndAndLeavesNoProcess()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using var ollama = new FakeOllama();
        ollama.Calls(("slow_report", """{"steps": 10, "delayMs": 100}"""));
        Configure(weather, ollama);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        Task<(int Status, JsonNode Body)> prompt = serve.AskAsync("Write a report.");
        await WaitForAsync(weather, "/began");
        IReadOnlyList<int> children = Signals.DescendantsOf(serve.Process.Id);

        (int code, string error) = await serve.StopAsync();

        code.Should().Be(0, error);
        (int status, JsonNode body) = await prompt;
        status.Should().Be(200, body.ToJsonString());
        StatusOf(body).Should().Be("succeeded");
        children.Should().NotBeEmpty();
        children.Where(Signals.IsAlive).Should().BeEmpty();
    }

    [Fact]
    public async Task Serve_TerminatedWhileToolHangs_GivesUpInTimeAndLeavesNoProcess()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using var ollama = new FakeOllama();
        ollama.Calls(("slow_report", LongReport));
        Configure(weather, ollama);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        Task<(int Status, JsonNode Body)> prompt = serve.AskAsync("Write a report.");
        await WaitForAsync(weather, "/began");
        IReadOnlyList<int> children = Signals.DescendantsOf(serve.Process.Id);
        long start = Stopwatch.GetTimestamp();

        (int code, string error) = await serve.StopAsync();

        code.Should().Be(0, error);
        Stopwatch.GetElapsedTime(start).Should().BeLessThan(TimeSpan.FromSeconds(25), "a service manager does not wait for ever");
        await prompt.ContinueWith(_ => { }, TaskScheduler.Default); // answered or broken off, never left open
        await WaitForAsync(weather, "/cancelled");
        children.Where(Signals.IsAlive).Should().BeEmpty();
    }

    [Fact]
    public async Task Serve_ServerKilledDuringCall_ThatCallIsUnknownAndTheNextWorks()
    {
        await using var ollama = new FakeOllama();
        ollama.Calls(("echo", """{"text": "wait"}"""));
        ollama.Calls(("echo", """{"text": "back again"}"""));
        string server = BuiltServers.Dll("Hostile").Replace("\\", "/");
        _bridge.Write("mine/mcp.json", $$$"""{"mcpServers": {"hostile": {"command": "dotnet", "args": ["{{{server}}}", "hang-on-wait"]} } }""");
        WriteModels(ollama);
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine", "--verbose");
        Task<(int Status, JsonNode Body)> lost = serve.AskAsync("Echo wait.");
        await serve.WaitForLogAsync("waiting for ever");

        await Signals.SendAsync(Signals.DescendantsOf(serve.Process.Id)[0], Signals.Kill);

        (int status, JsonNode body) = await lost.WaitAsync(s_patience);
        status.Should().Be(200);
        StatusOf(body).Should().Be("failed");
        body["tool_calling"]!["calls"]![0]!["reason"]!["kind"]!.GetValue<string>().Should().Be("outcome_unknown");
        (_, JsonNode next) = await serve.AskAsync("Echo back again.");
        StatusOf(next).Should().Be("succeeded", next.ToJsonString());
        next["tool_calling"]!["calls"]![0]!["result"]!["text"]!.GetValue<string>().Should().Be("back again");
        ollama.Requests.Should().HaveCount(2, "a call whose outcome is unknown is not proposed again");
    }

    public void Dispose() => _bridge.Dispose();

    private static string? StatusOf(JsonNode body) => body["tool_calling"]!["calls"]!.AsArray().Single()!["status"]?.GetValue<string>();

    private static async Task WaitForAsync(ChildServer weather, string what)
    {
        using var client = new HttpClient { Timeout = s_patience };
        (await client.GetAsync(new Uri(weather.Url + what))).EnsureSuccessStatusCode();
    }

    private void Configure(ChildServer weather, FakeOllama ollama)
    {
        _bridge.Write("mine/mcp.json", """
            {
              "mcpServers": {
                "weather": { "url": "URL/mcp" },
                "calculator": { "command": "dotnet", "args": ["DLL"] }
              }
            }
            """.Replace("URL", weather.Url).Replace("DLL", BuiltServers.Dll("Calculator").Replace("\\", "/")));
        WriteModels(ollama);
    }

    private void WriteModels(FakeOllama ollama)
    {
        _bridge.Write("mine/models.json", """{"providers": {"ollama": {"url": "URL"}}}""".Replace("URL", ollama.Root.ToString()));
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"Callers": ["CALLER"]}}""".Replace("CALLER", Caller));
    }
}
