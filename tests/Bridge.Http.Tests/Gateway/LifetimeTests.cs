using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Gateway;

/// <summary>How long lists and resources of servers of 2026-07-28 hold, here and as clients are told.</summary>
public sealed class LifetimeTests
{
    private const string Stateless = "2026-07-28";

    private readonly ManualTimeProvider _clock = new();

    [Theory]
    [InlineData("tools/list")]
    [InlineData("resources/list")]
    [InlineData("resources/templates/list")]
    public async Task List_WithALifetime_IsAskedForAgainAfterItAndNotBefore(string method)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Lifetime = Lifetime(40_000);
        await using GatewayHost gateway = await StartAsync(upstream);
        using RawMcp raw = RawMcp.Create(gateway.Host);

        await ListAsync(raw, method);
        _clock.Advance(TimeSpan.FromSeconds(39));
        await ListAsync(raw, method);
        int before = upstream.Of(method).Length;
        _clock.Advance(TimeSpan.FromSeconds(2));
        await ListAsync(raw, method);
        await ListAsync(raw, method);

        (before, upstream.Of(method).Length).Should().Be((1, 2));
    }

    [Theory]
    [InlineData(false, 2)]
    [InlineData(true, 1)]
    public async Task List_OfNoLifetime_IsAskedForAgainWhereNobodyTellsOfChanges(bool tells, int listed)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.TellsOfChanges = tells;
        await using GatewayHost gateway = await StartAsync(upstream);
        using RawMcp raw = RawMcp.Create(gateway.Host);

        JsonNode first = await ListAsync(raw, "tools/list");
        await ListAsync(raw, "tools/list");
        int atOnce = upstream.Of("tools/list").Length;
        _clock.Advance(TimeSpan.FromSeconds(6));
        await ListAsync(raw, "tools/list");

        first["ttlMs"]!.GetValue<long>().Should().Be(0);
        (atOnce, upstream.Of("tools/list").Length).Should().Be((1, listed));
    }

    [Fact]
    public async Task List_ThatCannotBeHadAnew_StaysAndIsTriedAgainLater()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Lifetime = Lifetime(40_000);
        await using GatewayHost gateway = await StartAsync(upstream);
        using RawMcp raw = RawMcp.Create(gateway.Host);
        await ListAsync(raw, "tools/list");

        (string tools, upstream.Tools) = (upstream.Tools, "no JSON");
        _clock.Advance(TimeSpan.FromSeconds(41));
        string[] meanwhile = Names(await ListAsync(raw, "tools/list"));
        await ListAsync(raw, "tools/list");
        int tried = upstream.Of("tools/list").Length;
        upstream.Tools = tools.Replace("echo", "late", StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(6));
        string[] after = Names(await ListAsync(raw, "tools/list"));

        meanwhile.Should().Equal("up__echo");
        tried.Should().Be(2, "a server that fails is not asked again at once");
        after.Should().Equal("up__late");
    }

    [Fact]
    public async Task Call_WhenTheTimeOfTheListIsOver_DoesNotWaitForAnother()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Lifetime = Lifetime(40_000);
        await using GatewayHost gateway = await StartAsync(upstream);
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        const string call = """{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"up__echo","arguments":{}}}""";
        await raw.PostAsync(call);

        _clock.Advance(TimeSpan.FromSeconds(41));
        JsonNode answer = (await raw.PostAsync(call)).Last();

        answer["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("called");
        upstream.Of("tools/list").Should().ContainSingle();
    }

    [Theory]
    [InlineData(50_000, 20_000, 10_000)]
    [InlineData(50_000, null, 40_000)]
    [InlineData(5_000_000, 6_000_000, 60_000)]
    [InlineData(-1, 50_000, 0)]
    public async Task List_OfSeveralServers_HoldsAsLongAsTheShortestOfThem(int one, int? other, int stated)
    {
        await using RevisionUpstream first = await RevisionUpstream.StartAsync(), second = await RevisionUpstream.StartAsync();
        (first.Lifetime, second.Lifetime) = (Lifetime(one), other is { } ms ? Lifetime(ms) : """ "x":0 """);
        await using GatewayHost gateway = await GatewayHost.StartAsync(
            static _ => { }, services => services.AddSingleton<TimeProvider>(_clock), first.Config(), second.Config() with { Id = "two" });
        using RawMcp raw = RawMcp.Create(gateway.Host);
        await ListAsync(raw, "tools/list");

        _clock.Advance(TimeSpan.FromSeconds(one < 0 ? 1 : 10));
        JsonNode list = await ListAsync(raw, "tools/list");

        list["ttlMs"]!.GetValue<long>().Should().Be(stated);
        list["cacheScope"]!.GetValue<string>().Should().Be("private", "what a client sees depends on who it is, whatever the servers say");
    }

    [Theory]
    [InlineData("7000", 7000)]
    [InlineData("0", 0)]
    [InlineData("-5", 0)]
    [InlineData("\"long\"", 0)]
    public async Task Read_Resource_HoldsAsLongAsItsServerSays(string given, int stated)
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Lifetime = $""" "ttlMs":{given},"cacheScope":"public" """;
        await using GatewayHost gateway = await StartAsync(upstream);
        using RawMcp raw = RawMcp.Create(gateway.Host);

        JsonNode read = await AskAsync(raw, "resources/read", """ "uri":"x://é", """, ("Mcp-Name", "=?base64?eDovL8Op?="));

        read["ttlMs"]!.GetValue<long>().Should().Be(stated, read.ToJsonString());
        read["cacheScope"]!.GetValue<string>().Should().Be("private");
    }

    [Fact]
    [Trait("Attack", "S4")]
    public async Task S4_List_OfOneClient_IsAskedForAnewForAnother()
    {
        await using RevisionUpstream upstream = await RevisionUpstream.StartAsync();
        upstream.Lifetime = """ "ttlMs":40000,"cacheScope":"private" """;
        await using GatewayHost gateway = await StartAsync(upstream);
        string key = (await gateway.Host.Keys.CreateAsync("other", KeyScopes.Default, lifetime: null, CancellationToken.None)).Text;
        using RawMcp mine = RawMcp.Create(gateway.Host), other = RawMcp.Create(gateway.Host, key: key);

        string[] first = Names(await ListAsync(mine, "tools/list"));
        upstream.Tools = """[{"name":"theirs","inputSchema":{"type":"object"}}]""";
        string[] second = Names(await ListAsync(other, "tools/list"));
        string[] again = Names(await ListAsync(mine, "tools/list"));

        first.Should().Equal("up__echo");
        second.Should().Equal("up__theirs");
        again.Should().Equal("up__echo");
    }

    private static string Lifetime(int ms) => $""" "ttlMs":{ms},"cacheScope":"public" """;

    private static string[] Names(JsonNode list) => [.. list["tools"]!.AsArray().Select(tool => tool!["name"]!.GetValue<string>())];

    private Task<GatewayHost> StartAsync(RevisionUpstream upstream) =>
        GatewayHost.StartAsync(static _ => { }, services => services.AddSingleton<TimeProvider>(_clock), upstream.Config());

    private static Task<JsonNode> ListAsync(RawMcp raw, string method) => AskAsync(raw, method, "");

    private static async Task<JsonNode> AskAsync(RawMcp raw, string method, string parameters, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await raw.SendAsync(
            HttpMethod.Post,
            $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{ {{{parameters}}} "_meta":{"io.modelcontextprotocol/protocolVersion":"{{{Stateless}}}","io.modelcontextprotocol/clientCapabilities":{} } } }""",
            [("MCP-Protocol-Version", Stateless), ("Mcp-Method", method), .. headers]);
        JsonNode answer = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        return answer["result"] ?? throw new InvalidOperationException(answer.ToJsonString());
    }
}
