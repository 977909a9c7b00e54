using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Mcp.Configuration;
using Bridge.TestKit;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Clients whose connection breaks read on where they were.</summary>
public sealed class ResumeTests
{
    [Fact]
    public async Task Get_LastEventIdOfACall_GivesTheRestAndTheAnswer()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(McpServerConfig.Http("weather", new Uri($"{weather.Url}/mcp")));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        string last;
        using (HttpResponseMessage call = await raw.SendAsync(
            HttpMethod.Post, """{"jsonrpc":"2.0","id":"slow","method":"tools/call","params":{"name":"weather__slow_report","arguments":{"steps":20,"delayMs":100},"_meta":{"progressToken":"p"} } }"""))
        {
            using var reader = new StreamReader(await call.Content.ReadAsStreamAsync());
            last = (await EventsAsync(reader, 2))[1].Id;
        }

        using HttpResponseMessage resumed = await raw.SendAsync(HttpMethod.Get, null, ("Last-Event-ID", last));
        using var rest = new StreamReader(await resumed.Content.ReadAsStreamAsync());
        List<(string Id, JsonNode Message)> events = await EventsAsync(rest, int.MaxValue).WaitAsync(GatewayHost.Patience);

        events[^1].Message["id"]!.GetValue<string>().Should().Be("slow");
        events[^1].Message["result"].Should().NotBeNull();
        events.Select(one => int.Parse(one.Id.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture)).Should()
            .Equal(Enumerable.Range(3, events.Count), "nothing is left out, nothing comes twice");
    }

    [Fact]
    public async Task Get_LastEventIdOfTheSession_GivesWhatWasMissedThenWhatComes()
    {
        await using ChildServer weather = await ChildServer.WeatherAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(McpServerConfig.Http("weather", new Uri($"{weather.Url}/mcp")));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        await raw.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""");
        string first;
        using (StreamReader listening = await raw.ListenAsync())
        {
            await raw.PostAsync("""{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"weather__enable_alerts"} }""");
            first = (await EventsAsync(listening, 1))[0].Id;
        }

        using HttpResponseMessage again = await raw.SendAsync(HttpMethod.Get, null, ("Last-Event-ID", "0-0"));
        using var reader = new StreamReader(await again.Content.ReadAsStreamAsync());
        (string id, JsonNode message) = (await EventsAsync(reader, 1).WaitAsync(GatewayHost.Patience))[0];

        (id, first).Should().Be(("0-1", "0-1"));
        message["method"]!.GetValue<string>().Should().Be("notifications/tools/list_changed");
    }

    private static async Task<List<(string Id, JsonNode Message)>> EventsAsync(StreamReader reader, int count)
    {
        var events = new List<(string, JsonNode)>();
        string id = "";
        while (events.Count < count && await reader.ReadLineAsync().WaitAsync(GatewayHost.Patience) is { } line)
        {
            id = line.StartsWith("id: ", StringComparison.Ordinal) ? line[4..] : id;
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                events.Add((id, JsonNode.Parse(line[6..])!));
            }
        }

        return events;
    }
}
