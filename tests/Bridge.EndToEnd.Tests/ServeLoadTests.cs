using System.Text.Json.Nodes;
using Bridge.EndToEnd.Tests.Running;

namespace Bridge.EndToEnd.Tests;

public sealed class ServeLoadTests : IDisposable
{
    private const int AtOnce = 100;

    private readonly BridgeProcess _bridge = new();

    [Fact]
    public Task Serve_HundredPromptsAtOnce_EachGetsItsOwnSum() => RunAsync(waves: 2);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Serve_ManyWavesOfHundredPrompts_EachGetsItsOwnSumAndMemoryStays() => RunAsync(waves: 30);

    public void Dispose() => _bridge.Dispose();

    private async Task RunAsync(int waves)
    {
        await using RunningServe serve = await RunningServe.StartAsync(_bridge);
        await AskAllAsync(serve, 0);
        double before = await serve.MetricAsync("process_resident_memory_bytes");

        for (int wave = 1; wave <= waves; wave++)
        {
            await AskAllAsync(serve, wave);
        }

        double after = await serve.MetricAsync("process_resident_memory_bytes");
        int asked = (waves + 1) * AtOnce;
        (await serve.MetricAsync("bridge_prompts_total")).Should().Be(asked);
        (await serve.MetricAsync("bridge_calls_total")).Should().Be(asked, "no call was repeated and none was lost");
        (await serve.MetricAsync("dotnet_thread_pool_threads")).Should().BeLessThan(64, "nothing waits on a thread");
        after.Should().BeLessThan((before * 1.5) + 50e6, "prompts that are done leave nothing behind; before it was {0} bytes", before);
        TestContext.Current.TestOutputHelper?.WriteLine($"{asked} prompts, {before / 1e6:F0} MB after {AtOnce}, {after / 1e6:F0} MB at the end.");
    }

    private static async Task AskAllAsync(RunningServe serve, int wave)
    {
        (int Status, JsonNode Body)[] answers = await Task.WhenAll(
            Enumerable.Range(0, AtOnce).Select(number => serve.AskAsync($"Add {number} to {Other(wave, number)} using available tools.")));

        for (int number = 0; number < AtOnce; number++)
        {
            (int status, JsonNode body) = answers[number];
            status.Should().Be(200, body.ToJsonString());
            JsonNode call = body["tool_calling"]!["calls"]!.AsArray().Single()!;
            call["tool"]!.GetValue<string>().Should().Be("calculator/add");
            call["result"]!["text"]!.GetValue<string>().Should().Be($"{number + Other(wave, number)}", body.ToJsonString());
        }
    }

    // Every sum of a wave is another one: 1000, 1003, 1006, …
    private static int Other(int wave, int number) => ((wave + 1) * 1000) + (2 * number);
}
