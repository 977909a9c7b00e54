using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;
using Bridge.TestKit;

namespace Bridge.EndToEnd.Tests;

/// <summary>What <c>bridge audit</c> knows after <c>serve</c> was killed.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly BridgeProcess _bridge = new();

    public void Dispose() => _bridge.Dispose();

    [Fact]
    public async Task Audit_ServeIsKilledUnderLoad_HoldsEveryAcknowledgedCallAndTheOneThatHung()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and /proc.");
        await using var ollama = new FakeOllama();
        ollama.Calls(("echo", """{"text": "wait"}"""));
        string server = BuiltServers.Dll("Hostile").Replace("\\", "/");
        _bridge.Write("mine/mcp.json", $$$"""{"mcpServers": {"hostile": {"command": "dotnet", "args": ["{{{server}}}", "hang-on-wait"]} } }""");
        _bridge.Write("mine/models.json", """{"providers": {"ollama": {"url": "URL"}}}""".Replace("URL", ollama.Root.ToString()));
        _bridge.Write("mine/appsettings.json", """{"Bridge": {"Callers": ["ollama/qwen3:0.6b"]}}""");
        await using RunningServe serve = await RunningServe.StartAsync(_bridge, "--config", "mine", "--verbose");
        Task hangs = serve.AskAsync("Echo wait.");
        await serve.WaitForLogAsync("waiting for ever");
        var acknowledged = new List<string>();
        using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        Task load = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                string arguments = $$"""{"text":"hello {{acknowledged.Count}}"}""";
                ollama.Calls(("echo", arguments));
                (_, JsonNode body) = await serve.AskAsync("Echo hello.");
                JsonNode call = body["tool_calling"]!["calls"]!.AsArray().Single()!;
                call["status"]!.GetValue<string>().Should().Be("succeeded", body.ToJsonString());
                lock (acknowledged)
                {
                    acknowledged.Add(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(arguments))));
                }
            }
        });
        while (Count(acknowledged) < 10 && !load.IsCompleted)
        {
            await Task.Delay(10, stop.Token);
        }

        await Signals.SendAsync(serve.Process.Id, Signals.Kill);
        await serve.Process.WaitForExitAsync(stop.Token);
        await hangs.ContinueWith(_ => { }, TaskScheduler.Default);
        await load.ContinueWith(_ => { }, TaskScheduler.Default);

        Count(acknowledged).Should().BeGreaterThanOrEqualTo(10, load.Exception?.ToString());
        JsonNode[] calls = await AuditAsync("--tool", "*/echo", "--limit", "100000");
        calls.Where(call => call["status"]?.GetValue<string>() == "succeeded").Select(call => call["arguments_sha256"]!.GetValue<string>())
            .Should().OnlyHaveUniqueItems().And.Contain(acknowledged);
        (await AuditAsync("--outcome", "unfinished")).Should().HaveCountGreaterThanOrEqualTo(1, "one call was under way");
    }

    private static int Count(List<string> acknowledged)
    {
        lock (acknowledged)
        {
            return acknowledged.Count;
        }
    }

    private async Task<JsonNode[]> AuditAsync(params string[] filter)
    {
        (int code, string output, string error) = await _bridge.RunAsync(["audit", "--json", "--config", "mine", .. filter]);
        code.Should().Be(0, error);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
