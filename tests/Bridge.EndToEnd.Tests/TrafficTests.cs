using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;

namespace Bridge.EndToEnd.Tests;

/// <summary>What is kept of prompts after <c>serve</c> was killed.</summary>
public sealed class TrafficTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    public void Dispose() => _bridge.Dispose();

    [Fact]
    public async Task EvalFromTraffic_ServeWasKilled_HasWhatWasWritten()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals.");
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"Learning": {"Record": true}}}""");
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine");
        for (int number = 1; number <= 20; number++)
        {
            (int status, JsonNode body) = await serve.AskAsync($"Add {number} to 3 using available tools.");
            status.Should().Be(200, body.ToJsonString());
        }

        await WaitForLinesAsync(20);
        await Signals.SendAsync(serve.Process.Id, Signals.Kill);
        await serve.Process.WaitForExitAsync();

        (int code, string output, string error) = await _bridge.RunAsync("eval", "--from-traffic", "--config", "mine");
        code.Should().Be(0, error);
        output.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!["expected"]![0]!["arguments"]!["a"]![0]!.GetValue<int>())
            .Should().BeEquivalentTo(Enumerable.Range(1, 20));
    }

    // They are written behind the answer.
    private async Task WaitForLinesAsync(int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        string folder = Path.Combine(_bridge.Current, "..", "data", "traffic");
        while (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.jsonl").Sum(file => File.ReadAllLines(file).Length) < count)
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
