using System.Net;
using System.Text.Json.Nodes;
using Bridge.Http.Tests.Fixtures;

namespace Bridge.Http.Tests.Attacks;

/// <summary>What of a client's request goes on to a server, and what a server may make of Bridge's.</summary>
public sealed class ForwardingTests
{
    private const string Call = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"up__echo","arguments":{}}}""";

    private static readonly (string Name, string Value)[] s_foreign =
    [
        ("Cookie", "session=marker"),
        ("Connection", "X-Hop"),
        ("X-Hop", "marker"),
        ("Proxy-Authorization", "Basic marker"),
        ("X-Forwarded-For", "10.9.8.7-marker"),
        ("X-Real-IP", "marker"),
        ("Forwarded", "for=marker"),
        ("x-api-version", "marker"),
        ("mcp-init-host", "marker.example"),
        ("router-key", "marker"),
        ("X-Bridge-Identity", "marker"),
    ];

    [Fact]
    [Trait("Attack", "H6")]
    [Trait("Attack", "H7")]
    [Trait("Attack", "O8")]
    public async Task Call_HeadersOfTheClient_DoNotReachTheServer()
    {
        await using RecordingUpstream upstream = await RecordingUpstream.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config("up", "Bearer of-the-server"));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);

        using HttpResponseMessage response = await raw.SendAsync(HttpMethod.Post, Call, s_foreign);

        JsonNode.Parse(await response.Content.ReadAsStringAsync())!["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("ok");
        upstream.Requests.Should().NotBeEmpty().And.AllSatisfy(headers =>
        {
            headers.Should().Contain("Authorization: Bearer of-the-server");
            string.Join('\n', headers).Should().NotContain("marker").And.NotContain(gateway.Host.Key).And.NotContain(raw.SessionId);
        });
    }

    [Fact]
    [Trait("Attack", "H6")]
    public async Task Post_HeadersThatClaimToBeInternal_LetNobodyIn()
    {
        await using GatewayHost gateway = await GatewayHost.StartAsync();

        using HttpResponseMessage response = await gateway.Host.SendAsync(HttpMethod.Post, "/mcp", s_foreign);

        response.StatusCode.Should().Be(HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("Attack", "H8")]
    public async Task Call_ServerThatRedirectsElsewhere_TakesNoCredentialThere()
    {
        await using RecordingUpstream upstream = await RecordingUpstream.StartAsync(), thief = await RecordingUpstream.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config("up", "Bearer of-the-server"));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        upstream.RedirectTo = thief.Url;

        JsonNode[] answer = await raw.PostAsync(Call);

        answer.Single()["result"]!["isError"]!.GetValue<bool>().Should().BeTrue();
        thief.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("\"surprise\"")]
    [InlineData("\"input_required\"")]
    [InlineData("7")]
    [Trait("Attack", "J8")]
    public async Task Call_ResultOfAKindNobodyKnows_IsNotTakenForOne(string kind)
    {
        await using RecordingUpstream upstream = await RecordingUpstream.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config("up", "Bearer of-the-server"));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        upstream.CallResult = $$"""{"resultType":{{kind}},"content":[{"type":"text","text":"done"}]}""";

        JsonNode result = (await raw.PostAsync(Call)).Single()["result"]!;

        result["isError"]!.GetValue<bool>().Should().BeTrue();
        result["content"]![0]!["text"]!.GetValue<string>().Should().Contain("resultType").And.NotContain("done");
    }

    [Fact]
    public async Task Call_ResultSaidToBeComplete_IsTaken()
    {
        await using RecordingUpstream upstream = await RecordingUpstream.StartAsync();
        await using GatewayHost gateway = await GatewayHost.StartAsync(upstream.Config("up", "Bearer of-the-server"));
        using RawMcp raw = await RawMcp.OpenAsync(gateway.Host);
        upstream.CallResult = """{"resultType":"complete","content":[{"type":"text","text":"done"}]}""";

        (await raw.PostAsync(Call)).Single()["result"]!["content"]![0]!["text"]!.GetValue<string>().Should().Be("done");
    }
}
