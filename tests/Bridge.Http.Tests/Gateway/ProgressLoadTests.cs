using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Progress of many calls at once: each client hears all of its own, in order, before the answer.</summary>
public sealed class ProgressLoadTests
{
    [Fact]
    public Task Call_TwelveClientsAtOnce_HearAllTheirProgressInOrder() => RunAsync(clients: 12, steps: 500, turns: 1);

    [Fact]
    [Trait("Category", "Soak")]
    public Task Call_ManyClientsForLong_HearAllTheirProgressInOrder() => RunAsync(clients: 24, steps: 1000, turns: 4);

    private static async Task RunAsync(int clients, int steps, int turns)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(options => options.Limits.CallTimeout = GatewayHost.Patience, GatewayHost.Fixture());
        await Task.WhenAll(Enumerable.Range(0, clients).Select(async client =>
        {
            using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
            for (int turn = 0; turn < turns; turn++)
            {
                string token = $"{client}-{turn}";
                JsonNode[] events = await raw.PostAsync(
                    $$$"""{"jsonrpc":"2.0","id":"{{{token}}}","method":"tools/call","params":{"name":"fixture__test_tool_with_progress","arguments":{"steps":{{{steps}}}},"_meta":{"progressToken":"{{{token}}}"} } }""");

                events[^1]["id"]!.GetValue<string>().Should().Be(token);
                events[^1]["result"]!["isError"]?.GetValue<bool>().Should().NotBe(true, events[^1].ToJsonString());
                events[..^1].Select(one => one["params"]!["x-extra"]!.GetValue<int>()).Should().Equal(Enumerable.Range(0, steps));
                events[..^1].Should().AllSatisfy(one => one["params"]!["progressToken"]!.GetValue<string>().Should().Be(token));
            }
        }));
    }
}
