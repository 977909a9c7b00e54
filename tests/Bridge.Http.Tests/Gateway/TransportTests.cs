using System.Net;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;
using Bridge.Identity;
using Bridge.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Bridge.Http.Tests.Gateway;

/// <summary>Streamable HTTP as a stranger would try it.</summary>
public sealed class TransportTests
{
    private const string Ping = """{"jsonrpc":"2.0","id":1,"method":"ping"}""";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator__add","Name":"calculator__divide"}}""", -32602)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator__add","name":"calculator__divide"}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"calculator__add","arguments":{"a":1,"a":2,"b":1}}}""", -32700)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","Method":"tools/list"}""", -32600)]
    [InlineData("""[{"jsonrpc":"2.0","id":1,"method":"ping"}]""", -32600)]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1.5,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping","params":[]}""", -32602)]
    [InlineData("nonsense", -32700)]
    [Trait("Attack", "J1")]
    [Trait("Attack", "J2")]
    [Trait("Attack", "J4")]
    public async Task Post_MessageThatTwoReadersCouldReadDifferently_IsRefused(string message, int code)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(HttpMethod.Post, message);

        response.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]!.GetValue<int>().Should().Be(code);
    }

    [Fact]
    [Trait("Attack", "S1")]
    public async Task Post_SessionOfSomebodyElse_IsNotFound()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        string other = (await gateway.Host.Keys.CreateAsync("other", KeyScopes.Default, lifetime: null, CancellationToken.None)).Text;
        using RawMcp mine = await RawMcp.OpenAsync(gateway.Host);
        using RawMcp theirs = RawMcp.Create(gateway.Host, key: other);

        theirs.UseSession(mine.SessionId);
        using HttpResponseMessage post = await theirs.SendAsync(HttpMethod.Post, Ping);
        using HttpResponseMessage get = await theirs.SendAsync(HttpMethod.Get);
        using HttpResponseMessage delete = await theirs.SendAsync(HttpMethod.Delete);

        post.StatusCode.Should().Be(HttpStatusCode.NotFound);
        get.StatusCode.Should().Be(HttpStatusCode.NotFound);
        delete.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await mine.PostAsync(Ping)).Single()["result"].Should().NotBeNull("the session lives on");
    }

    [Fact]
    [Trait("Attack", "H1")]
    [Trait("Attack", "H2")]
    [Trait("Attack", "H3")]
    public async Task Post_WithoutAKeyOrWithAStrangeHost_IsRefused()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        foreach (string path in (string[])["/mcp", "/mcp/x", "/sse", "/sse/message"])
        {
            HttpMethod method = path == "/sse" ? HttpMethod.Get : HttpMethod.Post;
            using HttpResponseMessage anonymous = await gateway.Host.SendAsync(method, path);
            using HttpResponseMessage rebound = await gateway.Host.SendAsync(method, path, ("Host", "evil.example"));
            using HttpResponseMessage foreign = await gateway.Host.SendAsync(method, path, ("Origin", "https://evil.example"));

            anonymous.StatusCode.Should().Be(HttpStatusCode.Unauthorized, path);
            rebound.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
            foreign.StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
        }
    }

    [Fact]
    public async Task Post_WithoutSessionOrRevisionOrAfterDelete_IsRefused()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp nobody = RawMcp.Create(gateway.Host);
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        using HttpResponseMessage missing = await nobody.SendAsync(HttpMethod.Post, Ping);
        using HttpResponseMessage unspoken = await raw.SendAsync(HttpMethod.Post, Ping, ("MCP-Protocol-Version", "1999-01-01"));
        using HttpResponseMessage deleted = await raw.SendAsync(HttpMethod.Delete);
        using HttpResponseMessage late = await raw.SendAsync(HttpMethod.Post, Ping);

        missing.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        unspoken.StatusCode.Should().Be(HttpStatusCode.BadRequest);
        deleted.StatusCode.Should().Be(HttpStatusCode.NoContent);
        late.StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Post_BeforeInitialize_IsRefused()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        (await raw.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}""")).Single()["error"]!["code"]!
            .GetValue<int>().Should().Be(-32600);
        (await raw.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"no/such"}""")).Single()["error"]!["code"]!.GetValue<int>().Should().Be(-32601);
    }

    [Fact]
    [Trait("Attack", "S2")]
    public async Task Get_SecondStreamOfASession_DoesNotDisplaceTheFirst()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        using StreamReader first = await raw.ListenAsync();
        Task<string> reading = first.ReadToEndAsync();
        using StreamReader second = await raw.ListenAsync();
        await raw.PostAsync(Ping);
        reading.IsCompleted.Should().BeFalse("the second stream leaves the first open");

        using HttpResponseMessage deleted = await raw.SendAsync(HttpMethod.Delete);

        // Both were open until the session ended, and end with it.
        (await reading.WaitAsync(GatewayHost.Patience)).Should().BeEmpty();
        (await second.ReadToEndAsync().WaitAsync(GatewayHost.Patience)).Should().BeEmpty();
    }

    [Fact]
    public async Task Post_MoreSessionsThanAllowed_IsToldToComeBack()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync(options => options.Gateway.MaxSessions = 1);
        using RawMcp only = await RawMcp.OpenAsync(gateway.Host);
        using RawMcp late = RawMcp.Create(gateway.Host);

        using HttpResponseMessage response = await late.SendAsync(
            HttpMethod.Post, """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}""");

        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        response.Headers.RetryAfter.Should().NotBeNull();
        only.SessionId.Should().NotBeNull();
    }

    [Fact]
    public async Task Session_NobodyUses_ExpiresUnlessAStreamIsOpen()
    {
        var clock = new ManualTimeProvider();
        await using GatewayHost gateway = await GatewayHost.StartAsync(static _ => { }, services => services.AddSingleton<TimeProvider>(clock));
        using RawMcp idle = await RawMcp.OpenAsync(gateway.Host), listening = await RawMcp.OpenAsync(gateway.Host);
        using StreamReader stream = await listening.ListenAsync();

        clock.Advance(TimeSpan.FromMinutes(29));
        (await idle.PostAsync(Ping)).Single()["result"].Should().NotBeNull("it was used in time");
        clock.Advance(TimeSpan.FromMinutes(31));
        using HttpResponseMessage late = await idle.SendAsync(HttpMethod.Post, Ping);

        late.StatusCode.Should().Be(HttpStatusCode.NotFound);
        (await listening.PostAsync(Ping)).Single()["result"].Should().NotBeNull("its stream is open");
    }

    [Theory]
    [InlineData("2024-11-05", "2024-11-05")]
    [InlineData("2025-06-18", "2025-06-18")]
    [InlineData("1999-01-01", "2025-11-25")]
    public async Task Initialize_Revision_IsTheClientsWhereItIsSpoken(string asked, string agreed)
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();
        using RawMcp raw = RawMcp.Create(gateway.Host);

        JsonNode[] answer = await raw.PostAsync($$$"""{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"{{{asked}}}","capabilities":{} } }""");

        answer.Single()["result"]!["protocolVersion"]!.GetValue<string>().Should().Be(agreed);
    }
}
